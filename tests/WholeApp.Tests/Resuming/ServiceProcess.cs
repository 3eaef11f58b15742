using System.Diagnostics;
using OnlineCompiler.Tests.RunningApp;
using OnlineCompiler.WholeApp.Tests.Machine;

namespace OnlineCompiler.WholeApp.Tests.Resuming;

/// <summary>One service of ours in a process of its own, which is told to stop, or killed, as operators and accidents do.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private ServiceProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts it, and waits until it is ready.</summary>
    /// <param name="name">Of its project.</param>
    /// <param name="http">Where it listens.</param>
    /// <param name="settings">Its environment, over what it has by itself.</param>
    public static async Task<ServiceProcess> StartAsync(string name, Uri http, IEnumerable<(string Key, string Value)> settings)
    {
        var folder = Path.Combine(Checkout.Root, name);
        // Built as these tests are.
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(folder, "bin", output.Parent!.Name, output.Name, $"{name}.dll") },
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = http.GetLeftPart(UriPartial.Authority);
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        foreach (var (key, value) in settings)
            start.Environment[key] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var service = new ServiceProcess(process);
        using var client = new HttpClient { BaseAddress = http };
        await Eventually.TrueAsync($"{name} is ready", StartLimit, () => IsReadyAsync(client));
        return service;
    }

    public void Send(int signal) => Signals.Send(_process.Id, signal);

    public Task ExitedAsync(TimeSpan limit) => _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(limit, TestContext.Current.CancellationToken);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
