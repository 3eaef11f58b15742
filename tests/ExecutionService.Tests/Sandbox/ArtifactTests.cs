namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

public sealed class ArtifactTests(ServiceFixture service) : ArtifactBehaviour(service)
{
    [Fact]
    public async Task A_socket_is_not_handed_back()
    {
        var answer = await RunAsync("import socket\nsocket.socket(socket.AF_UNIX).bind('socket')", "*");

        Assert.Equal(["main.py"], Paths(answer));
        Assert.StartsWith("1 file was left out: ", answer.Run.Message);
    }

    /// <summary>Elsewhere a tree too deep to be measured counts as a full workspace.</summary>
    [Fact]
    public async Task A_deep_tree_is_walked_as_far_as_paths_may_be_long()
    {
        var answer = await RunAsync(
            """
            import os
            for depth in range(1500):
                open('f', 'w').close()
                os.mkdir('d'); os.chdir('d')
            """,
            "**/f");

        // "d/" 127 times and "f" are 255 bytes.
        Assert.Equal(128, answer.Artifacts.Count);
        // The file one deeper, and the folder beside it with whatever it holds.
        Assert.StartsWith("2 files were left out: ", answer.Run.Message);
    }
}
