namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

/// <summary>Programs that look at what a cold start and a prepared one might do differently.</summary>
internal static class CSharpPrograms
{
    /// <summary>For their compilation: what the compiler says.</summary>
    public static readonly Dictionary<string, string[]> Compiled = new()
    {
        ["errors"] = ["int answer = \"forty-two\";\nConsole.WriteLine(missing);"],
        ["an error of syntax"] = ["Console.WriteLine(\"open;\nclass {"],
        ["warnings"] = ["int unused;\n#warning look here\nvar task = () => { return 1; ; };\nasync Task Never() { }\nConsole.WriteLine(1);"],
        ["warnings of nullability"] = ["string? name = Console.ReadLine();\nConsole.WriteLine(name.Length);\nstring none = null;\nConsole.WriteLine(none);"],
        ["no entry point"] = ["class Nothing { }"],
        ["two entry points"] = ["Console.WriteLine(1);", "Console.WriteLine(2);"],
        ["an error in another file"] = ["Console.WriteLine(Helper.Value);", "static class Helper { public static int Value => \"x\"; }"],
        ["several files"] = ["Console.WriteLine(new Models.Point(1, 2));", "namespace Models;\npublic record Point(int X, int Y);"],
        ["an obsolete member"] = ["Old.Do();\nstatic class Old { [Obsolete(\"use New\")] public static void Do() => Console.WriteLine(\"done\"); }"],
        ["a generated regex"] = ["using System.Text.RegularExpressions;\nConsole.WriteLine(Words.All().Count(\"one two three\"));\nstatic partial class Words { [GeneratedRegex(@\"\\w+\")] public static partial Regex All(); }"],
        ["a generated serializer"] = ["using System.Text.Json;\nusing System.Text.Json.Serialization;\nConsole.WriteLine(JsonSerializer.Serialize(new Point(1, 2), Context.Default.Point));\nrecord Point(int X, int Y);\n[JsonSerializable(typeof(Point))] partial class Context : JsonSerializerContext;"],
        ["letters beyond ASCII"] = ["var größe = \"žluťoučký 😀\";\nint π = größe;\nConsole.WriteLine(\"日本\");"],
    };

    /// <summary>For their run: what they find around them.</summary>
    public static readonly Dictionary<string, string> Run = new()
    {
        ["hello"] = "Console.WriteLine(\"hello \" + (1 + 1));",
        ["nothing at all"] = "return 0;",
        ["arguments"] = "Console.WriteLine(string.Join('|', args)); Console.WriteLine(string.Join('|', Environment.GetCommandLineArgs())); Console.WriteLine(Environment.CommandLine);",
        ["itself"] = "using System.Reflection;\nvar entry = Assembly.GetEntryAssembly()!;\nConsole.WriteLine($\"{entry} {entry.Location} {entry.EntryPoint} {Environment.ProcessPath} {Environment.ProcessId} {Environment.CurrentDirectory} {AppDomain.CurrentDomain.FriendlyName} {AppContext.BaseDirectory} {AppContext.TargetFrameworkName}\");\nConsole.WriteLine(System.Diagnostics.Process.GetCurrentProcess().ProcessName + System.Diagnostics.Process.GetCurrentProcess().MainModule!.FileName);",
        ["what the host told"] = "foreach (var name in new[] { \"TRUSTED_PLATFORM_ASSEMBLIES\", \"APP_PATHS\", \"APP_CONTEXT_BASE_DIRECTORY\", \"APP_CONTEXT_DEPS_FILES\", \"NATIVE_DLL_SEARCH_DIRECTORIES\", \"PLATFORM_RESOURCE_ROOTS\", \"PROBING_DIRECTORIES\", \"FX_DEPS_FILE\", \"RUNTIME_IDENTIFIER\", \"System.GC.Server\" })\n    Console.WriteLine($\"{name}={AppContext.GetData(name)}\");",
        ["the environment"] = "foreach (var entry in Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().OrderBy(entry => (string)entry.Key)) Console.WriteLine($\"{entry.Key}={entry.Value}\");\nConsole.WriteLine(File.ReadAllText(\"/proc/self/environ\").TrimEnd('\\0').Replace('\\0', '\\n'));",
        ["facts of the machine"] = "using System.Runtime;\nusing System.Runtime.InteropServices;\nConsole.WriteLine($\"{Environment.ProcessorCount} {Environment.Version} {Environment.OSVersion} {Environment.UserName} {Environment.MachineName} {Environment.Is64BitProcess} {Environment.HasShutdownStarted} {RuntimeInformation.FrameworkDescription} {RuntimeInformation.RuntimeIdentifier} {GCSettings.IsServerGC} {GCSettings.LatencyMode} {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes}\");",
        ["lines of input"] = "string? line; while ((line = Console.ReadLine()) != null) Console.WriteLine(\">\" + line); Console.WriteLine(Console.In.Peek());",
        ["input at once"] = "Console.WriteLine(Console.In.ReadToEnd().ToUpper()); Console.WriteLine(Console.Read());",
        ["input as bytes"] = "using var input = Console.OpenStandardInput(); var bytes = new byte[99]; Console.WriteLine(input.Read(bytes, 0, 99)); Console.WriteLine($\"{Console.IsInputRedirected} {Console.IsOutputRedirected} {Console.IsErrorRedirected}\");",
        ["a key that cannot be read"] = "Console.WriteLine(Console.KeyAvailable);\nConsole.ReadKey();",
        ["encodings"] = "Console.WriteLine($\"{Console.OutputEncoding.WebName} {Console.InputEncoding.WebName} {Console.Out.Encoding.WebName} {Console.Out.NewLine.Length} {System.Text.Encoding.Default.WebName} žluť 😀 日本\"); Console.OutputEncoding = System.Text.Encoding.Latin1; Console.WriteLine(\"é\");",
        ["cultures"] = "using System.Globalization;\nConsole.WriteLine($\"[{CultureInfo.CurrentCulture}] [{CultureInfo.CurrentUICulture}] {1234.5:C} {new DateTime(2024, 2, 29):D} {new CultureInfo(\"de-DE\").DateTimeFormat.GetMonthName(3)} {(-1.5).ToString(\"N3\", new CultureInfo(\"fr-FR\"))} {\"I\".ToLower(new CultureInfo(\"tr-TR\"))} {string.Compare(\"a\", \"B\")}\");",
        ["time zones"] = "Console.WriteLine($\"{TimeZoneInfo.Local} {TimeZoneInfo.FindSystemTimeZoneById(\"Europe/Prague\").GetUtcOffset(new DateTime(2024, 7, 1))} {DateTime.Now.Kind} {DateTimeOffset.Now.Offset}\");",
        ["a time zone that is chosen late"] = "Environment.SetEnvironmentVariable(\"TZ\", \"Asia/Tokyo\"); Console.WriteLine(TimeZoneInfo.Local.Id + TimeZoneInfo.Local.BaseUtcOffset);",
        ["reflection"] = "using System.Reflection;\nforeach (var type in Assembly.GetExecutingAssembly().GetTypes()) Console.WriteLine(type);\nConsole.WriteLine(Type.GetType(\"Dog\") + \" \" + Type.GetType(\"Dog, main\") + \" \" + Activator.CreateInstance(\"main\", \"Dog\")!.Unwrap());\nConsole.WriteLine(typeof(IAnimal).IsAssignableFrom(typeof(Dog)) + string.Join(',', AppDomain.CurrentDomain.GetAssemblies().SelectMany(a => a.GetTypes()).Where(t => t.IsClass && typeof(IAnimal).IsAssignableFrom(t))));\ninterface IAnimal; class Dog : IAnimal;",
        ["serialization"] = "using System.Text.Json;\nConsole.WriteLine(JsonSerializer.Serialize(new { Name = \"ž\", Items = new[] { 1, 2 } })); var point = JsonSerializer.Deserialize<Point>(\"{\\\"X\\\":1,\\\"Y\\\":2}\"); Console.WriteLine(point); JsonDocument.Parse(\"{oops\");\nrecord Point(int X, int Y);",
        ["files"] = "File.WriteAllText(\"made.txt\", \"x\"); Directory.CreateDirectory(\"folder\"); foreach (var entry in Directory.GetFileSystemEntries(\".\").Order()) Console.WriteLine($\"{entry} {File.GetUnixFileMode(entry)}\"); Console.WriteLine(Path.GetTempPath() + Path.GetFullPath(\"a\")); File.ReadAllText(\"missing.txt\");",
        ["descriptors"] = "foreach (var number in new[] { 0, 1, 2 }) Console.WriteLine(System.Text.RegularExpressions.Regex.Replace(new FileInfo($\"/proc/self/fd/{number}\").LinkTarget ?? \"\", \"[0-9]+\", \"N\"));\nusing var shell = System.Diagnostics.Process.Start(\"sh\", [\"-c\", \"ls /proc/self/fd\"]); shell.WaitForExit();",
        ["another program"] = "using System.Diagnostics;\nusing var shell = Process.Start(new ProcessStartInfo(\"sh\", [\"-c\", \"echo $0 $HOME $LD_PRELOAD; cat; ls /proc/self/fd | wc -l; exit 3\"]) { RedirectStandardOutput = true, RedirectStandardInput = true })!; shell.StandardInput.Write(\"typed\\n\"); shell.StandardInput.Close(); Console.Write(shell.StandardOutput.ReadToEnd()); shell.WaitForExit(); Console.WriteLine(shell.ExitCode);",
        ["itself as another program"] = "using System.Diagnostics;\nif (args.Length == 1) { Console.WriteLine(\"child \" + Environment.CommandLine); return 5; }\nusing var child = Process.Start(Environment.ProcessPath!, [\"exec\", \"--runtimeconfig\", File.ReadAllText(\"/proc/self/cmdline\").Split('\\0')[3], \"main.dll\", \"child\"]); child.WaitForExit(); return child.ExitCode;",
        ["a native function"] = "using System.Runtime.InteropServices;\nConsole.WriteLine($\"{Native.abs(-5)} {NativeLibrary.TryLoad(\"nothing\", out _)} {NativeLibrary.TryGetExport(NativeLibrary.Load(\"libc.so.6\"), \"qsort\", out _)}\"); Native.missing();\nstatic class Native { [DllImport(\"libc\")] public static extern int abs(int n); [DllImport(\"absent\")] public static extern void missing(); }",
        ["dynamic code"] = "using System.Linq.Expressions;\nExpression<Func<int, int>> square = n => n * n; Console.WriteLine(square.Compile()(7)); dynamic text = \"abc\"; Console.WriteLine(text.Length); text.Nothing();",
    };

    /// <summary>For their run: how they fail, end, and share their time.</summary>
    public static readonly Dictionary<string, string> Ended = new()
    {
        ["an uncaught exception"] = "Console.WriteLine(\"before\");\nHalf(null!);\nstatic int Half(string text) => text.Length / 2;",
        ["an exception with inner ones"] = "try { Fail(); } catch (Exception e) { throw new InvalidOperationException(\"outer\", new AggregateException(e, new Exception(\"other\"))); }\nvoid Fail() => throw new FormatException(\"inner\");",
        ["an exception in a task"] = "await Task.Run(async () => { await Task.Delay(5); throw new TimeoutException(\"late\"); });",
        ["an exception in a thread"] = "var thread = new Thread(() => throw new Exception(\"in a thread\")); thread.Start(); thread.Join(); Console.WriteLine(\"not reached\");",
        ["a stack trace"] = "Console.WriteLine(Environment.StackTrace); Console.WriteLine(new System.Diagnostics.StackTrace().FrameCount); Deep(3);\nvoid Deep(int n) { if (n > 0) Deep(n - 1); else Console.WriteLine(new System.Diagnostics.StackTrace(true)); }",
        ["an exception that is caught"] = "try { int.Parse(\"x\"); } catch (FormatException e) { Console.WriteLine(e); }",
        ["an event of an uncaught exception"] = "AppDomain.CurrentDomain.UnhandledException += (s, e) => Console.WriteLine($\"{s} {e.IsTerminating} {e.ExceptionObject.GetType()}\"); AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.WriteLine(\"exit\"); throw new Exception(\"x\");",
        ["a status"] = "AppDomain.CurrentDomain.ProcessExit += (_, _) => Console.WriteLine($\"bye {Environment.ExitCode}\"); Environment.ExitCode = 3; Environment.Exit(7);",
        ["a status that Main returns"] = "class P { static async Task<int> Main(string[] a) { await Task.Yield(); Console.Error.WriteLine(a.Length); return 42; } }",
        ["FailFast"] = "Console.WriteLine(\"before\"); Environment.FailFast(\"enough\");",
        ["a stack overflow"] = "class P { static void Main() { Console.WriteLine(\"begin\"); Down(1); }\n static int Down(int n) => Down(n + 1) + Down(n - 1); }",
        ["out of memory"] = "try { var all = new List<byte[]>(); while (true) all.Add(GC.AllocateUninitializedArray<byte>(int.MaxValue - 100)); } catch (OutOfMemoryException e) { Console.WriteLine(e.Message); }\ntry { _ = new int[-1 + int.Parse(\"0\")]; } catch (OverflowException e) { Console.WriteLine(e.Message); }",
        ["ids of threads"] = "Console.WriteLine(Environment.CurrentManagedThreadId); var thread = new Thread(() => Console.WriteLine(Environment.CurrentManagedThreadId)); thread.Start(); thread.Join(); Console.WriteLine($\"{Thread.CurrentThread.Name} {Thread.CurrentThread.IsBackground} {Thread.CurrentThread.GetApartmentState()} {ThreadPool.ThreadCount}\"); ThreadPool.GetMinThreads(out var a, out var b); Console.WriteLine(a + b);",
        ["tasks"] = "var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() => n * n))); Console.WriteLine(string.Join(',', results)); Parallel.For(0, 5, _ => { }); using var source = new CancellationTokenSource(5); try { await Task.Delay(5000, source.Token); } catch (OperationCanceledException e) { Console.WriteLine(e.Message); }\nawait foreach (var n in Count()) Console.Write(n);\nstatic async IAsyncEnumerable<int> Count() { for (var i = 0; i < 3; i++) { await Task.Yield(); yield return i; } }",
        ["collections counted"] = "Console.WriteLine($\"{GC.CollectionCount(0)} {GC.CollectionCount(1)} {GC.CollectionCount(2)}\"); GC.Collect(); Console.WriteLine($\"{GC.CollectionCount(2)} {GC.MaxGeneration}\");",
        ["clocks"] = "var watch = System.Diagnostics.Stopwatch.StartNew(); Console.WriteLine(watch.ElapsedMilliseconds < 5000); Console.WriteLine(Math.Abs((DateTime.UtcNow - System.Diagnostics.Process.GetCurrentProcess().StartTime.ToUniversalTime()).TotalHours) < 1);",
        ["much output"] = "for (var i = 0; i < 20000; i++) Console.WriteLine($\"line {i}\"); Console.Error.WriteLine(\"end\");",
        ["two streams"] = "for (var i = 0; i < 5; i++) { Console.Write(\"out\" + i); Console.Error.Write(\"err\" + i); } Console.WriteLine($\"{((StreamWriter?)null)?.AutoFlush} {Console.Out.GetType()} {Console.Error.GetType()}\");",
        ["a static constructor"] = "class P { static readonly int _value = Make(); static int Make() { Console.WriteLine(new System.Diagnostics.StackTrace()); return 1; } static void Main() => Console.WriteLine(_value); }",
        ["a module initializer"] = "class P { [System.Runtime.CompilerServices.ModuleInitializer] internal static void Init() => Console.WriteLine(System.Reflection.Assembly.GetEntryAssembly()?.GetName().Name ?? \"none\"); static void Main() => throw new Exception(\"main\"); }",
        ["a signal"] = "using System.Runtime.InteropServices;\nusing var done = new ManualResetEventSlim(); using var handler = PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => { c.Cancel = true; Console.WriteLine(c.Signal); done.Set(); }); System.Diagnostics.Process.Start(\"sh\", $\"-c \\\"kill -TERM {Environment.ProcessId}\\\"\"); Console.WriteLine(done.Wait(5000));",
        ["an end by a signal"] = "Console.WriteLine(\"before\"); System.Diagnostics.Process.Start(\"sh\", [\"-c\", $\"kill -KILL {Environment.ProcessId}\"]).WaitForExit(); Thread.Sleep(5000);",
        ["limits"] = "Console.WriteLine(File.ReadAllText(\"/proc/self/limits\").Split('\\n').Where(line => !line.Contains(\"cpu time\")).Aggregate((a, b) => a + \"\\n\" + b));",
    };
}
