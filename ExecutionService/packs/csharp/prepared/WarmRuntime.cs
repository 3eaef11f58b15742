using System.Diagnostics;
using System.Globalization;
using System.Text;

/// <summary>
/// Runs in a runtime that waits for its program (host.c): does what most programs do at first, so that its code is there when
/// they do it. Leaves nothing behind that a program could see: no thread (their ids are shown), no collection (they are
/// counted), no open stream, nothing that was asked of the environment but the language.
/// </summary>
public static class WarmRuntime
{
    public static void Run()
    {
        ForgetOwnAssembly();
        UseCollections();
        using (var output = Console.OpenStandardOutput())
            UseWriter(output);
        using (var input = Console.OpenStandardInput())
            _ = new StreamReader(input, Console.InputEncoding, detectEncodingFromByteOrderMarks: false, bufferSize: 4096);
        ReadLines();
        UseTasks(TextWriter.Null).GetAwaiter().GetResult();
        Fail();
    }

    private static void ForgetOwnAssembly()
    {
        const string Assemblies = "TRUSTED_PLATFORM_ASSEMBLIES";
        var all = (string)AppContext.GetData(Assemblies)!;
        AppContext.SetData(Assemblies, all[..all.LastIndexOf(':')]);
        AppContext.SetData("APP_PATHS", null);
    }

    private static void UseCollections()
    {
        List<int> numbers = [.. Enumerable.Range(1, 20).Where(number => number % 2 == 0).Select(number => number * number)];
        numbers.Sort();
        var counts = new Dictionary<string, int>();
        foreach (var number in numbers)
            counts[$"{number}"] = counts.GetValueOrDefault($"{number}") + number;
        var byNumber = new Dictionary<int, int> { [1] = numbers.Sum() };
        byNumber.TryGetValue(1, out var sum);
        List<string> words = ["b", "a"];
        words.Sort();
        _ = new HashSet<int>(numbers).Contains(sum) && new HashSet<string>(words).Contains("a");
        var queue = new Queue<int>(numbers);
        var stack = new Stack<int>([queue.Dequeue()]);
        var groups = counts.OrderByDescending(entry => entry.Value).GroupBy(entry => entry.Key.Length).ToDictionary(group => group.Key, group => group.ToList());
        var text = new StringBuilder().Append(stack.Pop()).AppendLine(string.Join(", ", words)).AppendFormat("{0:N2} {1,5}", 1.5, groups.Count);
        _ = string.Join(' ', text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim().ToUpperInvariant();
        _ = int.TryParse("12", out _) && double.TryParse("1.5", out _);
    }

    /// <summary>As the console makes its own, without using that.</summary>
    private static void UseWriter(Stream output)
    {
        using var own = new StreamWriter(output, Console.OutputEncoding, bufferSize: 256, leaveOpen: true) { AutoFlush = true };
        TextWriter.Synchronized(own).Flush();
        var writer = TextWriter.Synchronized(new StreamWriter(Stream.Null, Console.OutputEncoding, bufferSize: 256) { AutoFlush = true });
        writer.WriteLine("text");
        writer.WriteLine(12);
        writer.WriteLine(1.5);
        writer.WriteLine('c');
        writer.WriteLine(true);
        writer.WriteLine(new Point(1, 2) with { Y = 3 });
        writer.WriteLine("{0} {1}", 1, "two");
        writer.WriteLine($"{1.5:F2} {12,-5} {DateTimeOffset.UnixEpoch:O} {CultureInfo.CurrentCulture.Name}");
        writer.Write("text");
    }

    private static void ReadLines()
    {
        var reader = TextReader.Synchronized(new StreamReader(new MemoryStream("1 2\nthree"u8.ToArray()), Console.InputEncoding));
        while (reader.ReadLine() is { } line)
            _ = line.Split(' ').Select(part => part.Length).ToArray();
    }

    private static async Task UseTasks(TextWriter writer)
    {
        await Task.CompletedTask;
        await Task.WhenAll(Task.FromResult(1), Task.FromResult(2));
        lock (writer)
            writer.WriteLine();
    }

    /// <summary>With a stack that names files and lines, as an uncaught exception prints it.</summary>
    private static void Fail()
    {
        try
        {
            int.Parse("x");
        }
        catch (FormatException exception)
        {
            _ = new InvalidOperationException("no", exception).ToString();
        }
    }

    private sealed record Point(int X, int Y);
}
