using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Processes;

/// <summary>The launcher without namespaces, under sanitizers, on kernels with less of Landlock than this one.</summary>
public sealed class LandlockVersionTests(SanitizedLauncher launcher) : IClassFixture<SanitizedLauncher>
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(1000)]
    public async Task Programs_run_and_nothing_stays_whatever_version_there_is(int version)
    {
        var user = ProcessFixture.FreeUserIds();
        var name = $"left-{Guid.NewGuid():N}";
        await using var zone = await TestZone.StartWithoutNamespacesAsync(launcher.Path, user, version);
        var order = TestZone.Order with
        {
            Command = ["sh", "-c", $"cat a/b.txt; mkdir d; mv a/b.txt d/; cat d/b.txt; echo made > c.txt; echo x > $TMPDIR/t; cat /etc/passwd > /dev/null 2>&1 && echo read; "
                + $"echo x 2>/dev/null > /tmp/{name} && mkdir -p /dev/shm/{name}/deep && echo planted; true"],
        };

        var answer = await zone.SendAsync(TestZone.Bytes(order, userId: (uint)user));

        var has = int.Parse(zone.Facts.Single()["landlock ".Length..]);
        Assert.True(has <= version);
        Assert.Equal(has == 0 ? "hellohelloread\nplanted\n" : "hellohello", answer.Output);
        Assert.Equal(("End", 0u), (answer.Frames[^1], answer.Exit.Status));
        Assert.Equal("c.txt", Assert.Single(answer.Files).Path);
        Assert.False(File.Exists($"/tmp/{name}") || Directory.Exists($"/dev/shm/{name}"));
        Assert.Empty(ProcessTraces.ProcessesOf(user));
        await zone.AssertNoSanitizerSpokeAsync();
    }

    [Fact]
    public async Task An_order_for_a_user_that_is_not_the_launchers_to_give_is_refused()
    {
        var user = ProcessFixture.FreeUserIds();
        await using var zone = await TestZone.StartWithoutNamespacesAsync(launcher.Path, user, landlock: 1000);

        foreach (var foreign in (uint[])[(uint)user - 1, (uint)user + 4, 65534])
            Assert.Equal(["Failure order: its user is none of ours"], (await zone.SendAsync(TestZone.Bytes(TestZone.Order, userId: foreign))).Frames);
        Assert.Equal("End", (await zone.SendAsync(TestZone.Bytes(TestZone.Order with { Terminal = new TerminalDimensions(80, 24) }, userId: (uint)user + 3))).Frames[^1]);
        await zone.AssertNoSanitizerSpokeAsync();
    }
}
