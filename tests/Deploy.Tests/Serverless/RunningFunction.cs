using System.Diagnostics;
using System.Globalization;
using System.Text;
using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Serverless;

/// <summary>
/// A function's first process with the built services, told what its template tells it. As in Lambda, nothing can be written but
/// <c>/tmp</c>, where the tests are root and may arrange that.
/// </summary>
internal sealed class RunningFunction : IAsyncDisposable
{
    /// <summary>Of a shell, told the checkout and a command: the checkout stays in sight, and nothing to be written, even if it lies in /tmp.</summary>
    private const string WritesNothing =
        """
        set -e
        checkout=$1
        shift
        cd "$checkout"
        mount -o remount,bind,ro /
        mount -t tmpfs none /tmp
        mkdir -p "$checkout"
        mount --no-canonicalize --bind . "$checkout"
        mount -o remount,bind,ro "$checkout"
        cd /
        exec "$@"
        """;

    private readonly DirectoryInfo _layout;
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly int _port = FreePort.Next();

    private RunningFunction(Template template, string name, IReadOnlyDictionary<string, string> more)
    {
        // Not in /tmp, which it is given empty.
        _layout = Directory.CreateDirectory(Path.Combine(Checkout.Root, ".run", $"function-{Guid.NewGuid():N}"));
        File.Copy(Path.Combine(Checkout.Root, "deploy", "images", "function", "start.sh"), Path.Combine(_layout.FullName, "start.sh"));
        foreach (var (folder, project) in new[] { ("gateway", "Gateway"), ("session", "SessionService"), ("ai", "AiService") })
            File.CreateSymbolicLink(Path.Combine(_layout.FullName, folder), Path.Combine(Checkout.Root, project, "bin", Configuration, "net10.0"));

        string[] command = [Path.Combine(_layout.FullName, "start.sh")];
        if (System.Environment.UserName == "root")
            command = ["unshare", "--mount", "--propagation", "private", "sh", "-c", WritesNothing, "sh", Checkout.Root, .. command];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        start.Environment.Clear();
        foreach (var (key, value) in Settings(template, name).Concat(more))
            start.Environment[key] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Remember(line.Data);
        _process.ErrorDataReceived += (_, line) => Remember(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Adapter = new WebAdapter(new Uri($"http://127.0.0.1:{_port}"));
    }

    public WebAdapter Adapter { get; }

    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>Without waiting for it.</summary>
    public static RunningFunction Start(Template template, string name, IReadOnlyDictionary<string, string>? more = null) => new(template, name, more ?? new Dictionary<string, string>());

    public static async Task<RunningFunction> StartAndAwaitAsync(Template template, string name, IReadOnlyDictionary<string, string>? more = null)
    {
        var function = Start(template, name, more);
        var path = Variables(template, name)["AWS_LWA_READINESS_CHECK_PATH"]!;
        while (!await function.Adapter.IsReadyAsync((string)path!, TestContext.Current.CancellationToken))
        {
            Assert.False(function._process.HasExited, function.Said);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        return function;
    }

    /// <summary>The processes of a service in it.</summary>
    public IReadOnlyList<int> ProcessesOf(string assembly) =>
        [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Where(name => Try(() => File.ReadAllText($"/proc/{name}/cmdline")).Contains($"{_layout.FullName}/{assembly}", StringComparison.Ordinal))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture))];

    public static string EnvironmentOf(int process) => File.ReadAllText($"/proc/{process}/environ");

    public void Signal(string signal) => Signal(_process.Id, signal);

    public static void Signal(int process, string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>What it ended with.</summary>
    public async Task<int> EndAsync()
    {
        try
        {
            await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"It did not end: {Said}");
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Signal("TERM");
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        }

        Adapter.Dispose();
        _process.Dispose();
        _layout.Delete(recursive: true);
    }

    private static JsonObject Variables(Template template, string name) => template.Of("AWS::Lambda::Function")
        .Single(function => function.Text("Environment.Variables.FUNCTION_SERVICES") == name)["Environment.Variables"]!.AsObject();

    private Dictionary<string, string> Settings(Template template, string name)
    {
        var settings = Variables(template, name).Where(variable => variable.Value!.GetValueKind() is System.Text.Json.JsonValueKind.String)
            .ToDictionary(variable => variable.Key, variable => (string)variable.Value!);
        // What only AWS will know, and ports of which here there is one of each for all.
        settings["Gateway__Oidc__Audiences__0"] = "page";
        settings["Gateway__Oidc__Authority"] = "https://issuer.invalid";
        settings.Remove("Sessions__Store");
        settings.Remove("Sessions__Table");
        settings["ASPNETCORE_URLS"] = $"http://127.0.0.1:{_port}";
        int[] ports = [FreeWithNeighbour(), FreeWithNeighbour()];
        (settings["FUNCTION_SESSION_PORT"], settings["FUNCTION_AI_PORT"]) = (Text(ports[0]), Text(ports[1]));
        (settings["services__session__grpc__0"], settings["services__ai__grpc__0"]) = ($"http://localhost:{ports[0]}", $"http://localhost:{ports[1]}");
        settings["services__execution__grpc__0"] = $"http://127.0.0.1:{FreePort.Next()}";
        foreach (var key in (string[])["PATH", "DOTNET_ROOT"])
        {
            if (System.Environment.GetEnvironmentVariable(key) is { } value)
                settings[key] = value;
        }

        return settings;
    }

    /// <summary>The port 100 above is the neighbour's for health checks.</summary>
    private static int FreeWithNeighbour()
    {
        while (true)
        {
            var port = FreePort.Next();
            if (!Listening(port + 100))
                return port;
        }
    }

    private static bool Listening(int port) => System.Net.NetworkInformation.IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(each => each.Port == port);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Try(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private void Remember(string? line)
    {
        lock (_said)
            _said.AppendLine(line);
    }
}
