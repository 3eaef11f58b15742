using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.SelfTest;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.SelfTest;

/// <summary>The judge of what the probes met: one thing wrong is one promise broken.</summary>
public sealed class PromisesTests
{
    private static readonly string[] _namespaces = ["user", "pid", "mnt", "net", "ipc", "uts", "cgroup"];

    /// <summary>A fact, what it would be when a promise is broken, and which.</summary>
    public static TheoryData<string, string, string> BrokenFacts { get; } = new()
    {
        { "namespace.user", "user:[1]", "own-user-namespace" },
        { "namespace.pid", "pid:[1]", "own-pid-namespace" },
        { "namespace.mnt", "mnt:[1]", "own-mnt-namespace" },
        { "namespace.net", "net:[1]", "own-net-namespace" },
        { "namespace.ipc", "ipc:[1]", "own-ipc-namespace" },
        { "namespace.uts", "uts:[1]", "own-uts-namespace" },
        { "namespace.cgroup", "", "own-cgroup-namespace" },
        { "uid", "1000 0 1000", "inside-ids" },
        { "gid", "0 0 0", "inside-ids" },
        { "CapBnd", "0000000000200000", "capabilities" },
        { "CapAmb", "0000000000000001", "capabilities" },
        { "NoNewPrivs", "0", "no-new-privileges" },
        { "Seccomp", "0", "filter" },
        { "refused.unshare_user", "0", "filter" },
        { "refused.io_uring_setup", "14", "filter" },
        { "refused.foreign_architecture", "not tried", "filter" },
        { "interfaces", "lo eth0", "interfaces" },
        { "routes", "1", "routes" },
        { "writable./etc", "1", "read-only" },
        { "sys", "1", "no-sys" },
        { "descriptors", "0 1 2 3", "descriptors" },
        { "environment", "PROBE=1 KEY=secret", "environment" },
        { "forks", "64", "process-limit" },
        { "forks.error", "12", "process-limit" },
        { "cpu_us", "nonsense", "cpu-time" },
        { "workspace", "67108864", "workspace-limit" },
        { "workspace.error", "0", "workspace-limit" },
        { "daemon", "not tried", "death" },
    };

    /// <summary>Where there is no other architecture to call through, the probe has nothing to say of it.</summary>
    public static IEnumerable<TheoryDataRow<string, string>> NeededFacts =>
        BrokenFacts.Select(row => row.Data).Where(row => row.Item1 != "refused.foreign_architecture").Select(row => new TheoryDataRow<string, string>(row.Item1, row.Item3));

    [Fact]
    public void What_a_sound_sandbox_shows_breaks_no_promise() => Assert.Empty(Broken(Sound()));

    [Theory]
    [MemberData(nameof(BrokenFacts))]
    public void One_wrong_fact_breaks_one_promise(string fact, string value, string promise) =>
        Assert.Equal([promise], Broken(Sound() with { Facts = new Dictionary<string, string>(Sound().Facts) { [fact] = value } }));

    [Theory]
    [MemberData(nameof(NeededFacts))]
    public void A_fact_that_is_missing_is_not_taken_for_a_good_one(string fact, string promise)
    {
        var facts = Sound().Facts.Where(pair => pair.Key != fact).ToDictionary();

        Assert.Equal([promise], Broken(Sound() with { Facts = facts }));
    }

    [Fact]
    public void What_is_seen_from_outside_counts_too()
    {
        Assert.Equal(["outside-id"], Broken(Sound() with { OuterUserIds = [200_000, 0] }));
        Assert.Equal(["outside-id"], Broken(Sound() with { OuterUserIds = [] }));
        Assert.Equal(["death"], Broken(Sound() with { LeftBehind = 1 }));
        Assert.Equal(["memory-limit"], Broken(Sound() with { Eat = Report() }));
        Assert.Equal(["cpu-time"], Broken(Sound() with { CountedCpuTime = TimeSpan.Zero }));
    }

    [Fact]
    public void A_weaker_isolation_is_held_to_what_it_promises()
    {
        var found = Sound() with { Eat = Report(), CountedCpuTime = TimeSpan.Zero };

        Assert.Empty(Broken(found with { Look = found.Look with { Isolation = SandboxIsolation.WithoutCgroups } }));
        var shared = found with { OwnNamespaces = _namespaces.ToDictionary(kind => kind, kind => $"{kind}:[2]") };
        Assert.Empty(Broken(shared with { Look = found.Look with { Isolation = SandboxIsolation.Process } }));
        Assert.Equal(7, Broken(shared with { Look = found.Look with { Isolation = SandboxIsolation.WithoutCgroups } }).Count());
    }

    [Fact]
    public void Every_promise_says_what_is_wrong_and_what_to_do()
    {
        Assert.Equal(Promises.All.Count, Promises.All.Select(promise => promise.Name).Distinct().Count());
        Assert.All(Promises.All, promise =>
        {
            Assert.EndsWith(".", promise.Broken);
            Assert.EndsWith(".", promise.Remedy);
            Assert.NotEmpty(promise.PromisedBy);
        });
        Assert.Contains(Promises.All, promise => promise.Remedy.Contains("Delegate=yes", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Broken(Findings found) =>
        Promises.All.Where(promise => promise.PromisedBy.Contains(found.Isolation) && !promise.IsKept(found)).Select(promise => promise.Name);

    private static Findings Sound()
    {
        var facts = new Dictionary<string, string>
        {
            ["uid"] = "1000 1000 1000", ["gid"] = "1000 1000 1000", ["NoNewPrivs"] = "1", ["Seccomp"] = "2", ["interfaces"] = "lo", ["routes"] = "0",
            ["sys"] = "0", ["descriptors"] = "0 1 2", ["environment"] = SandboxProof.Environment, ["forks"] = "7", ["forks.error"] = "11", ["cpu_us"] = "10000",
            ["workspace"] = "3000000", ["workspace.error"] = "28", ["daemon"] = "0", ["refused.foreign_architecture"] = "signal 31",
        };
        foreach (var kind in _namespaces)
            facts[$"namespace.{kind}"] = $"{kind}:[2]";
        foreach (var set in (string[])["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"])
            facts[set] = "0000000000000000";
        foreach (var folder in (string[])["/", "/usr", "/etc", "/opt", "/dev"])
            facts[$"writable.{folder}"] = "0";
        foreach (var call in (string[])["unshare_user", "clone_user", "ptrace", "keyctl", "io_uring_setup", "userfaultfd", "name_to_handle_at", "personality", "socket_vsock"])
            facts[$"refused.{call}"] = "1";
        facts["refused.clone3"] = "38";
        return new Findings
        {
            Facts = facts,
            Look = Report(),
            CountedCpuTime = TimeSpan.FromMilliseconds(12),
            Eat = Report() with { Outcome = SandboxOutcome.MemoryLimit },
            OuterUserIds = [200_000, 200_000],
            LeftBehind = 0,
            OwnNamespaces = _namespaces.ToDictionary(kind => kind, kind => $"{kind}:[1]"),
            ServiceUserId = 0,
        };
    }

    private static SandboxReport Report() => new()
    {
        Outcome = SandboxOutcome.Succeeded,
        Isolation = SandboxIsolation.Full,
        WallTime = TimeSpan.FromMilliseconds(20),
        UserCpuTime = TimeSpan.FromMilliseconds(8),
        SystemCpuTime = TimeSpan.FromMilliseconds(4),
        MemoryPeakBytes = 1 << 20,
    };
}
