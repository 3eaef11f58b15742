using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Cgroups;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

/// <summary>
/// Finding cgroups, on hierarchies made of ordinary files: what the kernel does with what is written cannot be seen here,
/// only that the right things are written in the right places.
/// </summary>
public sealed class CgroupFinderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("cgroups-").FullName;

    [Fact]
    public void On_version_2_it_moves_itself_to_a_leaf_and_hands_controllers_down()
    {
        var own = MakeVersion2("memory pids cpu io");
        File.WriteAllText(Path.Combine(own, "cgroup.procs"), "41\n");
        var instance = InstanceName.Make();
        Prefabricate(Path.Combine(own, "onlinecompiler-service"), "cgroup.procs");
        Prefabricate(Path.Combine(own, "onlinecompiler"), "cgroup.subtree_control");
        Prefabricate(Path.Combine(own, "onlinecompiler", instance), "cgroup.subtree_control");
        Prefabricate(Path.Combine(own, "onlinecompiler-service"), "cpu.weight");
        var run = Path.Combine(own, "onlinecompiler", instance, "run-1");
        Prefabricate(run, "memory.max", "memory.swap.max", "memory.oom.group", "pids.max");

        var cgroups = new CgroupFinder(Path.Combine(_root, "proc")).Prepare(instance);
        var group = cgroups.Create("run-1");
        group.Limit(1000, 7);

        Assert.Equal("cgroup v2", cgroups.Description);
        Assert.Equal("41", File.ReadAllText(Path.Combine(own, "onlinecompiler-service", "cgroup.procs")));
        Assert.Equal("+memory +pids +cpu", File.ReadAllText(Path.Combine(own, "cgroup.subtree_control")));
        Assert.Equal([run], group.Directories);
        Assert.Equal(("1000", "0", "7"), (Text(run, "memory.max"), Text(run, "memory.swap.max"), Text(run, "pids.max")));

        Assert.Equal("1000", Text(Path.Combine(own, "onlinecompiler-service"), "cpu.weight"));
        // CPU time is the program's alone, without pid 1.
        Assert.Equal([Path.Combine(run, "program")], group.ProgramDirectories);
        File.WriteAllText(Path.Combine(run, "program", "cpu.stat"), "usage_usec 2500000\nuser_usec 1\n");
        File.WriteAllText(Path.Combine(run, "memory.peak"), "4096\n");
        File.WriteAllText(Path.Combine(run, "memory.events"), "low 0\noom 3\noom_kill 1\n");
        Assert.Equal(TimeSpan.FromSeconds(2.5), group.ReadCpuTime());
        Assert.Equal(4096, group.ReadMemoryPeakBytes());
        Assert.True(group.ReadMemoryLimitReached());
    }

    [Theory]
    [InlineData("cpu,cpuacct", "cpu,cpuacct")]
    [InlineData("cpu", "cpuacct")]
    public void On_version_1_the_program_alone_joins_the_groups_of_cpu_however_they_are_mounted(string cpu, string cpuacct)
    {
        string[] hierarchies = [.. new[] { "memory", "pids", cpu, cpuacct }.Distinct()];
        MakeProc(
            string.Join('\n', hierarchies.Select(name => $"30 20 0:26 / {Path.Combine(_root, name)} rw - cgroup cgroup rw,{name}")),
            string.Join('\n', hierarchies.Select((name, number) => $"{number + 1}:{name}:/")));
        var instance = InstanceName.Make();
        string Run(string hierarchy) => Path.Combine(_root, hierarchy, "onlinecompiler", instance, "run-1");
        Prefabricate(Run("memory"), "memory.limit_in_bytes", "memory.swappiness");
        Prefabricate(Run("pids"), "pids.max");
        var family = Path.Combine(_root, cpu, "onlinecompiler");
        Prefabricate(family, "cpu.shares");

        var group = new CgroupFinder(Path.Combine(_root, "proc")).Prepare(instance).Create("run-1");
        group.Limit(1000, 7);

        Assert.Equal([Run("memory"), Run("pids")], group.Directories);
        Assert.Equal([.. new[] { Run(cpu), Run(cpuacct) }.Distinct()], group.ProgramDirectories);
        Assert.All(group.ProgramDirectories, directory => Assert.True(Directory.Exists(directory)));
        Assert.Equal($"{1024 * Environment.ProcessorCount}", Text(family, "cpu.shares"));
        Assert.Equal(("1000", "7"), (Text(Run("memory"), "memory.limit_in_bytes"), Text(Run("pids"), "pids.max")));
    }

    [Fact]
    public void A_controller_that_is_not_delegated_is_named()
    {
        MakeVersion2("cpu pids");

        var error = Assert.Throws<SandboxUnavailableException>(() => new CgroupFinder(Path.Combine(_root, "proc")).Prepare(InstanceName.Make()));

        Assert.Contains("\"memory\" is not delegated", error.Message);
    }

    [Fact]
    public void No_hierarchy_at_all_is_told()
    {
        MakeProc("", "0::/");

        var error = Assert.Throws<SandboxUnavailableException>(() => new CgroupFinder(Path.Combine(_root, "proc")).Prepare(InstanceName.Make()));

        Assert.Contains("No cgroup hierarchy is mounted", error.Message);
    }

    [Fact]
    public void A_living_process_is_told_from_one_that_took_over_its_id()
    {
        var alive = InstanceName.Make();

        Assert.True(InstanceName.IsAlive(alive));
        Assert.False(InstanceName.IsAlive($"{Environment.ProcessId}-1-1"));
        Assert.False(InstanceName.IsAlive("nonsense"));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string MakeVersion2(string controllers)
    {
        var mount = Path.Combine(_root, "cgroup");
        MakeProc($"30 20 0:26 / {mount} rw,nosuid - cgroup2 cgroup2 rw,nsdelegate", "0::/system.slice/app");
        var own = Path.Combine(mount, "system.slice", "app");
        Prefabricate(own, "cgroup.procs", "cgroup.subtree_control", "cgroup.type");
        File.WriteAllText(Path.Combine(own, "cgroup.controllers"), controllers + "\n");
        return own;
    }

    private void MakeProc(string mountinfo, string cgroup)
    {
        var self = Directory.CreateDirectory(Path.Combine(_root, "proc", "self")).FullName;
        File.WriteAllText(Path.Combine(self, "mountinfo"), $"20 1 8:1 / / rw - ext4 /dev/root rw\n{mountinfo}\n");
        File.WriteAllText(Path.Combine(self, "cgroup"), cgroup + "\n");
    }

    /// <summary>The kernel makes a group's files with it; here they must be there before.</summary>
    private static void Prefabricate(string directory, params string[] files)
    {
        Directory.CreateDirectory(directory);
        foreach (var file in files)
            File.WriteAllText(Path.Combine(directory, file), "");
    }

    private static string Text(string directory, string file) => File.ReadAllText(Path.Combine(directory, file));
}
