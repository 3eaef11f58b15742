using System.Diagnostics;
using System.Globalization;
using Grpc.Net.Client;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Tests.Languages;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.OrdinaryUser;

/// <summary>The built service as a process of an ordinary user without any capability, in a folder of that user's own.</summary>
public abstract class OrdinaryUserService : IAsyncLifetime
{
    public const int UserId = 21_400;

    private readonly string _folder = Directory.CreateTempSubdirectory("ordinary-user-").FullName;
    private readonly DelegatedCgroups? _cgroups;
    private readonly List<string> _said = [];
    private Process? _process;
    private GrpcChannel? _channel;

    private readonly string[] _groupOptions;

    private protected OrdinaryUserService(DelegatedCgroups? cgroups, params string[] groupOptions) => (_cgroups, _groupOptions) = (cgroups, groupOptions);

    public Execution.V1.Execution.ExecutionClient Client { get; private set; } = null!;

    public HttpClient Http { get; } = new();

    public int ProcessId => _process!.Id;

    public string StateDirectory => Path.Combine(_folder, "state");

    /// <summary>Folders of cgroups that runs may have left.</summary>
    public IEnumerable<string> CgroupFolders => _cgroups?.Folders ?? [];

    /// <summary>Only root can become another user; as anyone else, every test of the suite is one of an ordinary user.</summary>
    public static void SkipUnlessRoot() => Assert.SkipUnless(Posix.IsRoot, "Only root can start a service as another user.");

    public async ValueTask InitializeAsync()
    {
        if (!Posix.IsRoot)
            return;
        CopyService();
        await StartAsync();
    }

    /// <summary>For the first time, or again after it was killed and before anything was asked over HTTP.</summary>
    public async Task StartAsync()
    {
        lock (_said)
            _said.Clear();
        _process?.Dispose();
        _channel?.Dispose();
        int[] ports = [FreePort.Next(), FreePort.Next()];
        Http.BaseAddress = new Uri($"http://localhost:{ports[0]}");
        Start(ports[0], ports[1]);
        await WaitUntilItListensAsync();
        _channel = GrpcChannel.ForAddress($"http://localhost:{ports[1]}");
        Client = new Execution.V1.Execution.ExecutionClient(_channel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false } alive)
        {
            _ = Posix.Kill(alive.Id, 15);
            await alive.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        }
        _process?.Dispose();
        _channel?.Dispose();
        Http.Dispose();
        _cgroups?.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    internal Task<ExecuteResponse> RunAsync(ExecuteRequest request) =>
        Client.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken).ResponseAsync;

    /// <summary>The checkout may lie where only root can go.</summary>
    private void CopyService()
    {
        Copy(AppContext.BaseDirectory, Path.Combine(_folder, "app"));
        Copy(PackFolders.Root, Path.Combine(_folder, "packs"));
        var toolchains = Path.Combine(PackFolders.Root, "../../.toolchains");
        // Links, where both lie on one file system: there may be gigabytes of them.
        if (Directory.Exists(toolchains) && !TryCopy(toolchains, Path.Combine(_folder, "toolchains"), "--link"))
            Copy(toolchains, Path.Combine(_folder, "toolchains"));
        Directory.CreateDirectory(StateDirectory);
        foreach (var folder in (string[])[_folder, StateDirectory])
            Assert.Equal(0, Run("chown", UserId.ToString(CultureInfo.InvariantCulture), folder));
    }

    private void Start(int port, int grpcPort)
    {
        var user = UserId.ToString(CultureInfo.InvariantCulture);
        // A shell of root joins the groups, then becomes the service: it never runs outside of them.
        const string Join = "for folder in $CGROUPS; do echo 0 > $folder/cgroup.procs; done; unset CGROUPS; exec \"$@\"";
        var start = new ProcessStartInfo("sh", ["-c", Join, "sh", "setpriv", "--reuid", user, "--regid", user, .. _groupOptions, "--inh-caps=-all", "--bounding-set=-all",
            "--", Path.Combine(_folder, "app", "ExecutionService")])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in Environment(port, grpcPort))
            start.Environment[name] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Remember(line.Data);
        _process.ErrorDataReceived += (_, line) => Remember(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private Dictionary<string, string> Environment(int port, int grpcPort) => new()
    {
        ["PATH"] = "/usr/bin:/bin",
        ["HOME"] = _folder,
        ["TMPDIR"] = _folder,
        ["CGROUPS"] = string.Join(' ', CgroupFolders),
        ["ASPNETCORE_URLS"] = $"http://localhost:{port}",
        ["GRPC_PORT"] = grpcPort.ToString(CultureInfo.InvariantCulture),
        ["Sandbox__StateDirectory"] = StateDirectory,
        ["Sandbox__ToolchainsDirectory"] = Path.Combine(_folder, "toolchains"),
        ["Execution__PacksDirectory"] = Path.Combine(_folder, "packs"),
    };

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

    private static void Copy(string source, string target) => Assert.True(TryCopy(source, target), $"{source} cannot be copied to {target}.");

    private static bool TryCopy(string source, string target, params string[] options) =>
        Run("cp", ["-R", "-H", "-T", .. options, source, target]) == 0;

    private static int Run(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}

/// <summary>Without cgroups, as on a laptop where nobody thought of delegating them.</summary>
public sealed class ServiceWithoutCgroups() : OrdinaryUserService(cgroups: null, "--groups", $"{Group}")
{
    /// <summary>As users of laptops are in several.</summary>
    public const int Group = 21_401;
}

/// <summary>With cgroups that root made for it, as systemd does with Delegate=yes.</summary>
public sealed class ServiceWithDelegatedCgroups() : OrdinaryUserService(DelegatedCgroups.Make(UserId), "--clear-groups");
