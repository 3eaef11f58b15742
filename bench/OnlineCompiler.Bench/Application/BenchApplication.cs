using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using OnlineCompiler.Tests.RunningService;

namespace OnlineCompiler.Bench.Application;

/// <summary>The whole application as <c>./run.sh</c> starts it, called through its Gateway as any client would.</summary>
internal sealed class BenchApplication : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly Process _script;
    private readonly string _data;

    private BenchApplication(Process script, string data, Uri address)
    {
        _script = script;
        _data = data;
        Address = address;
        Http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public static string Checkout { get; } = Path.GetFullPath(Path.Combine(PackFolders.Root, "..", ".."));

    /// <param name="settings">Environment variables of every service, such as <c>Execution__MaxInteractive</c>.</param>
    public static async Task<BenchApplication> StartAsync(params (string Name, string Value)[] settings)
    {
        var data = Directory.CreateTempSubdirectory("bench-").FullName;
        var port = FreePort.Next();
        var start = new ProcessStartInfo(Path.Combine(Checkout, "run.sh"), ["--port", port.ToString(CultureInfo.InvariantCulture), "--data", data])
        {
            RedirectStandardOutput = true,
        };
        // One client does here what thousands do in earnest; what a single caller may do is measured by "overload".
        foreach (var name in (string[])["RequestsPerSecond", "RequestBurst", "RunsPerSecond", "RunBurst", "ConcurrentRuns"])
            start.Environment[$"Gateway__RateLimits__{name}"] = "10000";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        Console.WriteLine("Starting the application…");
        var script = Process.Start(start)!;
        using var limit = new CancellationTokenSource(StartLimit);
        while (await script.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (!line.StartsWith("OnlineCompiler is ready", StringComparison.Ordinal))
                continue;
            _ = script.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
            Console.WriteLine();
            return new BenchApplication(script, data, new Uri($"http://127.0.0.1:{port}"));
        }
        throw new InvalidOperationException("The application did not start; ./run.sh says why.");
    }

    /// <summary>Runs a program and gives the answer; fails when the answer is no result.</summary>
    public async Task<JsonElement> ExecuteAsync(object body)
    {
        using var answer = await Http.PostAsJsonAsync("/api/v1/executions", body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonSerializer.Deserialize<JsonElement>(text) : throw new InvalidOperationException($"{(int)answer.StatusCode}: {text}");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        using (var ask = Process.Start("kill", ["-TERM", _script.Id.ToString(CultureInfo.InvariantCulture)]))
            await ask.WaitForExitAsync();
        using var limit = new CancellationTokenSource(StopLimit);
        await _script.WaitForExitAsync(limit.Token);
        _script.Dispose();
        Directory.Delete(_data, recursive: true);
    }
}
