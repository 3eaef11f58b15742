using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Cgroups;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

/// <summary>
/// cgroup v2 of a real kernel, as far as a machine has it whose controllers all belong to v1: joining, counting CPU time,
/// killing, removing. What memory.max, pids.max and the watch on memory.events need a controller for is tested against
/// hierarchies made of ordinary files (CgroupFinderTests, LauncherTests).
/// </summary>
public sealed class UnifiedHierarchyTests : IAsyncLifetime
{
    private readonly string? _group = FindMount() is { } mount ? Path.Combine(mount, $"onlinecompiler-tests-{InstanceName.Make()}") : null;
    private TestZone _zone = null!;
    private ICgroup _cgroup = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(_group is null || !Posix.IsRoot, "There is no cgroup v2 hierarchy that these tests may write to.");
        _zone = await TestZone.StartAsync(Path.Combine(AppContext.BaseDirectory, "launcher"));
        _cgroup = CgroupV2.Make(_group);
    }

    public async ValueTask DisposeAsync()
    {
        if (_group is null || _zone is null)
            return;
        await _cgroup.DisposeAsync();
        Assert.False(Directory.Exists(_group));
        await _zone.DisposeAsync();
    }

    [Fact]
    public async Task The_program_joins_its_group_and_pid_1_stays_above_it()
    {
        var sending = SendAsync("cat /proc/self/cgroup /proc/1/cgroup | grep ^0:; sleep 3");
        await WaitForAsync(() => Members("program").Length > 0 && Members("").Length == 1);
        var answer = await sending;

        // Seen from inside, its own group is the root, and nothing tells where that is.
        Assert.Equal("0::/\n0::/..\n", answer.Output);
        Assert.Empty(Members("program"));
    }

    [Fact]
    public async Task Cpu_time_is_the_programs_alone()
    {
        var answer = await SendAsync("exec python3 -c 'import time\nwhile time.process_time() < 0.3: pass'");

        Assert.Equal(1u, answer.Exit.ExitedByItself);
        Assert.InRange(_cgroup.ReadCpuTime(), TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(3));
        Assert.False(File.Exists(Path.Combine(_group!, "memory.max")) && _cgroup.ReadMemoryLimitReached());
    }

    [Fact]
    public async Task Removing_a_group_kills_what_is_in_it()
    {
        var sending = SendAsync("sleep 60 & sleep 60");
        await WaitForAsync(() => Members("program").Length >= 2);

        Assert.True(await CgroupDirectory.RemoveAsync(_group!));

        Assert.Equal((0u, 9u), ((await sending).Exit.ExitedByItself, (await sending).Exit.Status));
    }

    private Task<TestAnswer> SendAsync(string script) =>
        _zone.SendAsync(TestZone.Bytes(TestZone.Order with { Command = ["sh", "-c", script], Files = [], Collect = [] }, _cgroup));

    private string[] Members(string below)
    {
        var file = Path.Combine(_group!, below, "cgroup.procs");
        return File.Exists(file) ? File.ReadAllLines(file) : [];
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        for (var attempt = 0; attempt < 1000 && !condition(); attempt++)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.True(condition());
    }

    private static string? FindMount() =>
        File.ReadLines("/proc/self/mountinfo").Where(line => line.Contains(" - cgroup2 ", StringComparison.Ordinal)).Select(line => line.Split(' ')[4]).FirstOrDefault();
}
