using System.Diagnostics;
using System.Globalization;
using Grpc.Net.Client;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Processes;

/// <summary>
/// The built service as it is in a plain container: root with the capabilities that containers have by default, which
/// cannot make namespaces, and with no cgroups to write to.
/// </summary>
public abstract class PlainContainer : IAsyncLifetime
{
    private const string Capabilities = "-all,+chown,+dac_override,+fsetid,+fowner,+mknod,+net_raw,+setgid,+setuid,+setfcap,+setpcap,+net_bind_service,+sys_chroot,+kill,+audit_write";

    private readonly string? _backend;
    private readonly string _capabilities;
    private readonly List<string> _said = [];
    private Process? _process;
    private GrpcChannel? _channel;

    private protected PlainContainer(string? backend, string capabilities = Capabilities)
    {
        _backend = backend;
        _capabilities = capabilities;
    }

    public Execution.V1.Execution.ExecutionClient Client { get; private set; } = null!;

    public HttpClient Http { get; } = new();

    public int ProcessId => _process!.Id;

    public int FirstUserId { get; } = ProcessFixture.FreeUserIds();

    public DirectoryInfo StateDirectory { get; } = Directory.CreateTempSubdirectory("plain-container-");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Posix.IsRoot, "Only root can have the capabilities of a container.");
        File.SetUnixFileMode(StateDirectory.FullName, (UnixFileMode)0b111_101_101);
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _ = Posix.Kill(_process.Id, 15);
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }
        _channel?.Dispose();
        Http.Dispose();
        StateDirectory.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    internal async Task StartAsync()
    {
        int[] ports = [FreePort.Next(), FreePort.Next()];
        // No cgroups: an empty file system over them, in a mount namespace that the service has no right to change.
        const string Hide = "mount -t tmpfs -o ro,size=64k none /sys/fs/cgroup && exec \"$@\"";
        var start = new ProcessStartInfo("unshare",
        [
            "--mount", "--propagation", "private", "sh", "-c", Hide, "sh", "setpriv", "--inh-caps=-all", $"--bounding-set={_capabilities}",
            Path.Combine(AppContext.BaseDirectory, "ExecutionService"),
        ])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in Settings(ports[0], ports[1]))
            start.Environment[name] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Remember(line.Data);
        _process.ErrorDataReceived += (_, line) => Remember(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitUntilItListensAsync();
        Http.BaseAddress ??= new Uri($"http://localhost:{ports[0]}");
        _channel?.Dispose();
        _channel = GrpcChannel.ForAddress($"http://localhost:{ports[1]}");
        Client = new Execution.V1.Execution.ExecutionClient(_channel);
    }

    internal async Task KillAsync()
    {
        _ = Posix.Kill(_process!.Id, Posix.SigKill);
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        lock (_said)
            _said.Clear();
    }

    internal Task<ExecuteResponse> RunAsync(ExecuteRequest request) =>
        Client.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken).ResponseAsync;

    private Dictionary<string, string> Settings(int port, int grpcPort)
    {
        var settings = new Dictionary<string, string>
        {
            ["PATH"] = "/usr/bin:/bin",
            ["HOME"] = "/",
            ["SECRET"] = "of the service",
            ["ASPNETCORE_URLS"] = $"http://localhost:{port}",
            ["GRPC_PORT"] = grpcPort.ToString(CultureInfo.InvariantCulture),
            ["Sandbox__FirstUserId"] = FirstUserId.ToString(CultureInfo.InvariantCulture),
            ["Sandbox__MaxSandboxes"] = ProcessFixture.Users.ToString(CultureInfo.InvariantCulture),
            ["Sandbox__StateDirectory"] = StateDirectory.FullName,
            ["Sandbox__ToolchainsDirectory"] = Path.GetFullPath(Path.Combine(PackFolders.Root, "../../.toolchains")),
            ["Execution__PacksDirectory"] = PackFolders.Root,
        };
        if (_backend is not null)
            settings["Sandbox__Backend"] = _backend;
        return settings;
    }

    private void Remember(string? line)
    {
        lock (_said)
            _said.Add(line ?? "");
    }

    private async Task WaitUntilItListensAsync()
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            lock (_said)
            {
                Assert.False(_process!.HasExited, string.Join('\n', _said));
                if (_said.Exists(line => line.Contains("Application started", StringComparison.Ordinal)))
                    return;
            }
            await Task.Delay(100);
        }
        Assert.Fail("The service did not start within a minute.");
    }
}

/// <summary>As it is configured by default.</summary>
public sealed class RefusingContainer() : PlainContainer(backend: null);

/// <summary>With the setting that accepts the weaker sandbox.</summary>
public sealed class AcceptingContainer() : PlainContainer(backend: "process");

/// <summary>The same, to be killed.</summary>
public sealed class DoomedContainer() : PlainContainer(backend: "process");

/// <summary>Accepting, but root only by name.</summary>
public sealed class PowerlessContainer() : PlainContainer(backend: "process", capabilities: "-all,+chown,+kill,+setpcap");
