using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

/// <summary>What a program meets whose toolchain has a root of its own: the same walls, and nothing of the machine's /usr and /etc.</summary>
public sealed class RootTests(ServiceFixture service)
{
    [Fact]
    public async Task Its_toolchain_is_the_roots_and_nothing_of_the_machines_is_there()
    {
        // Each is there on the machine, and in every sandbox without a root.
        var machines = new[] { "/usr/bin/bwrap", "/usr/bin/gcc", "/usr/include/stdio.h", "/etc/ld.so.cache" };
        Assert.All(machines, path => Assert.True(File.Exists(path), path));

        var lines = await LinesAsync($"""
            import os, platform
            print(platform.python_version().rsplit('.', 1)[0], platform.libc_ver()[1])
            print([path for path in {Python(machines)} if os.path.lexists(path)])
            print(*sorted(os.listdir('/')))
            print(open('/etc/passwd').read().split(':')[0], open('/etc/hostname').read().strip(), os.path.exists('/etc/shadow'))
            """);

        Assert.Equal(["3.13 2.41", "[]", "bin dev etc lib lib64 node_modules opt proc run sbin tmp usr var workspace", "root sandbox False"], lines);
    }

    [Theory]
    [InlineData("/usr/planted")]
    [InlineData("/usr/bin/planted")]
    [InlineData("/etc/passwd")]
    [InlineData("/etc/planted")]
    [InlineData("/opt/toolchains/roots/python-3.13/usr/planted")]
    [InlineData("/opt/toolchains/roots/python-3.13/.finished")]
    public async Task It_can_change_nothing_of_its_root(string path)
    {
        var answer = await RunAsync($"open('{path}', 'a')");

        Assert.Equal(Outcome.NonzeroExit, answer.Outcome);
        Assert.Matches("Read-only file system|Permission denied", answer.Run.Stderr.ToStringUtf8());
    }

    [Fact]
    public async Task Its_root_is_mounted_read_only_without_devices_and_set_user_id()
    {
        var lines = await LinesAsync("""
            for line in open('/proc/self/mountinfo'):
                fields = line.split()
                if fields[4] in ('/usr', '/etc'):
                    print(fields[4], *sorted(set(fields[5].split(',')) & {'ro', 'rw', 'nosuid', 'nodev'}))
            """);

        // The machine's lie below, where nothing leads.
        Assert.Equal(["/usr nodev nosuid ro", "/etc nodev nosuid ro", "/usr nodev nosuid ro", "/etc nodev nosuid ro"], lines);
    }

    [Fact]
    public async Task It_cannot_take_its_root_away_to_see_what_lies_below()
    {
        var lines = await LinesAsync("""
            import ctypes, os
            libc = ctypes.CDLL(None, use_errno=True)
            for name in (b'/usr', b'/etc'):
                print(libc.umount2(name, 2), os.strerror(ctypes.get_errno()))
            print(os.path.exists('/usr/bin/gcc'))
            """);

        Assert.Equal(["-1 Operation not permitted", "-1 Operation not permitted", "False"], lines);
    }

    [Fact]
    public async Task The_version_stands_in_the_list_beside_the_usual_one()
    {
        var list = await service.Client.ListLanguagesAsync(new ListLanguagesRequest(), cancellationToken: TestContext.Current.CancellationToken);
        var python = list.Languages.Single(language => language.Id == "python");

        Assert.StartsWith("3.13.", python.Versions[0], StringComparison.Ordinal);
        Assert.DoesNotContain("3.13", python.Version);
        Assert.Empty(python.UninstalledVersions);
    }

    private static string Python(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(text => $"'{text}'"))}]";

    private async Task<string[]> LinesAsync(string program)
    {
        var answer = await RunAsync(program);
        Assert.True(answer.Outcome == Outcome.Succeeded, answer.ToString());
        return answer.Run.Stdout.ToStringUtf8().TrimEnd('\n').Split('\n');
    }

    private async Task<ExecuteResponse> RunAsync(string program)
    {
        var request = Requests.Python(program);
        request.Version = "3.13";
        return await service.Client.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken);
    }
}
