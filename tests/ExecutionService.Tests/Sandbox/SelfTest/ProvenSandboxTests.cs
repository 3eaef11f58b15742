using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Namespaces;
using OnlineCompiler.ExecutionService.Sandbox.SelfTest;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.SelfTest;

/// <summary>The self-test against the real sandbox, and against sandboxes that keep almost every promise.</summary>
public sealed class ProvenSandboxTests(ServiceFixture service)
{
    [Fact]
    public async Task Here_every_promise_is_kept()
    {
        Assert.Empty(await SandboxProof.FindBrokenAsync(service.Service<NamespaceSandbox>()));
        Assert.True(service.Sandbox.Readiness.IsReady);
    }

    [Fact]
    public async Task A_sandbox_that_leaks_a_variable_runs_nothing_and_says_so() =>
        await AssertRefusedAsync(
            order => order with { Environment = new Dictionary<string, string>(order.Environment) { ["SECRET"] = "1" } },
            "Programs see environment variables that are not theirs.");

    [Fact]
    public async Task A_sandbox_whose_memory_is_not_limited_runs_nothing_and_says_so() =>
        await AssertRefusedAsync(
            order => order with { Limits = order.Limits with { MemoryBytes = 256 << 20 } },
            "The memory limit does not hold.");

    [Fact]
    public async Task A_sandbox_whose_processes_are_not_limited_runs_nothing_and_says_so() =>
        await AssertRefusedAsync(
            order => order with { Limits = order.Limits with { Processes = 128 } },
            "The limit on processes does not hold.");

    [Fact]
    public async Task A_sandbox_whose_workspace_is_not_limited_runs_nothing_and_says_so() =>
        await AssertRefusedAsync(
            order => order with { Limits = order.Limits with { WorkspaceBytes = 128 << 20, FileSizeBytes = 128 << 20, MemoryBytes = 256 << 20 } },
            "The limit on what programs write does not hold.");

    [Fact]
    public async Task A_sandbox_that_becomes_ready_late_is_tested_then()
    {
        var late = new AlteredSandbox(service.Service<NamespaceSandbox>(), order => order) { Readiness = SandboxReadiness.NotReady("No worker has come yet.") };
        var proven = Prove(late);
        await proven.StartAsync(TestContext.Current.CancellationToken);
        Assert.Contains("No worker has come yet.", proven.Readiness.Problems);

        late.Readiness = SandboxReadiness.Ready;
        await using var run = await proven.StartAsync(Order(), TestContext.Current.CancellationToken);

        Assert.True(proven.Readiness.IsReady);
        Assert.Equal(2, late.Probes);
    }

    [Fact]
    public async Task A_test_that_could_not_be_run_is_run_anew_when_someone_asks()
    {
        var fails = true;
        var shaky = new AlteredSandbox(service.Service<NamespaceSandbox>(), order => fails ? throw new SandboxUnavailableException("The worker was lost.") : order);
        var proven = Prove(shaky);
        await proven.StartAsync(TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<SandboxUnavailableException>(() => proven.StartAsync(Order(), TestContext.Current.CancellationToken));
        Assert.Contains("The worker was lost.", error.Message);

        fails = false;
        await using var run = await proven.StartAsync(Order(), TestContext.Current.CancellationToken);

        Assert.True(proven.Readiness.IsReady);
    }

    private async Task AssertRefusedAsync(Func<SandboxOrder, SandboxOrder> alter, string problem)
    {
        var altered = new AlteredSandbox(service.Service<NamespaceSandbox>(), alter);
        var proven = Prove(altered);

        await proven.StartAsync(TestContext.Current.CancellationToken);

        Assert.Contains(proven.Readiness.Problems, told => told.StartsWith(problem, StringComparison.Ordinal));
        var error = await Assert.ThrowsAsync<SandboxUnavailableException>(() => proven.StartAsync(Order(), TestContext.Current.CancellationToken));
        Assert.Contains(problem, error.Message);
        Assert.Equal(altered.Probes, altered.Started);
    }

    private static ProvenSandbox Prove(ISandbox sandbox) => new(sandbox, Options.Create(new SandboxOptions()), NullLogger<ProvenSandbox>.Instance);

    private static SandboxOrder Order() => new()
    {
        Command = ["true"],
        Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin" },
        Files = [],
        Limits = new SandboxLimits
        {
            WallTime = TimeSpan.FromSeconds(5),
            CpuTime = TimeSpan.FromSeconds(5),
            MemoryBytes = 64 << 20,
            Processes = 8,
            OutputBytes = 1024,
            WorkspaceBytes = 1 << 20,
            WorkspaceFiles = 16,
            OpenFiles = 16,
            FileSizeBytes = 1 << 20,
            StackBytes = 8 << 20,
        },
    };

    /// <summary>The real sandbox, given other orders than it should be.</summary>
    private sealed class AlteredSandbox(ISandbox real, Func<SandboxOrder, SandboxOrder> alter) : ISandbox
    {
        private int _started;
        private int _probes;

        public SandboxReadiness Readiness { get; set; } = SandboxReadiness.Ready;

        public SandboxPlaces Places => real.Places;

        public int Started => _started;

        public int Probes => _probes;

        public Task<ISandboxRun> StartAsync(SandboxOrder order, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _started);
            if (order.Command[0] == "./probe")
                Interlocked.Increment(ref _probes);
            return real.StartAsync(alter(order), cancellationToken);
        }
    }
}
