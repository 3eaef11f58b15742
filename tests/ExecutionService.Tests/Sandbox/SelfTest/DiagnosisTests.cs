using OnlineCompiler.ExecutionService.Sandbox.SelfTest;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.SelfTest;

public sealed class DiagnosisTests : IDisposable
{
    private const string AllCapabilities = "000001ffffffffff";
    private const string ContainerCapabilities = "00000000a80425fb";

    private readonly string _root = Directory.CreateTempSubdirectory("proc-").FullName;

    public DiagnosisTests() => WriteStatus(AllCapabilities, seccomp: 0);

    [Fact]
    public void A_machine_without_obstacles_gets_no_advice()
    {
        Write("sys/user/max_user_namespaces", "96365");
        Write("sys/kernel/unprivileged_userns_clone", "1");
        Write("sys/kernel/apparmor_restrict_unprivileged_userns", "0");

        Assert.Empty(Explain(isRoot: true));
        Assert.Empty(Explain(isRoot: false));
    }

    [Theory]
    [InlineData("sys/user/max_user_namespaces", "0", false, "sysctl -w user.max_user_namespaces=65536")]
    [InlineData("sys/user/max_user_namespaces", "0", true, "sysctl -w user.max_user_namespaces=65536")]
    [InlineData("sys/kernel/unprivileged_userns_clone", "0", false, "sysctl -w kernel.unprivileged_userns_clone=1")]
    [InlineData("sys/kernel/apparmor_restrict_unprivileged_userns", "1", false, "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0")]
    public void A_switch_that_is_off_is_named_with_its_setting(string file, string value, bool isRoot, string setting)
    {
        Write(file, value);

        Assert.Contains(setting, Assert.Single(Explain(isRoot)));
    }

    [Fact]
    public void What_only_keeps_ordinary_users_out_is_not_told_to_root()
    {
        Write("sys/kernel/unprivileged_userns_clone", "0");
        Write("sys/kernel/apparmor_restrict_unprivileged_userns", "1");

        Assert.Empty(Explain(isRoot: true));
    }

    [Fact]
    public void A_plain_containers_root_is_told_of_its_capability_and_its_filter()
    {
        WriteStatus(ContainerCapabilities, seccomp: 2);

        var advice = Explain(isRoot: true);

        Assert.Equal(2, advice.Count);
        Assert.Contains("--cap-add SYS_ADMIN", advice[0]);
        Assert.Contains("--security-opt seccomp=unconfined", advice[1]);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private IReadOnlyList<string> Explain(bool isRoot) => Diagnosis.Explain(MachineFacts.Read(_root, isRoot));

    private void WriteStatus(string capabilities, int seccomp) => Write("self/status", $"Name:\tservice\nCapEff:\t{capabilities}\nSeccomp:\t{seccomp}\nSeccomp_filters:\t1\n");

    private void Write(string file, string content)
    {
        var path = Path.Combine(_root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content + "\n");
    }
}
