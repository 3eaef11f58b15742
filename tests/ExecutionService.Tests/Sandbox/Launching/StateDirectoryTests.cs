using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Launching;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Launching;

public sealed class StateDirectoryTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("state-").FullName;

    /// <summary>In /tmp others have folders of a like name: Redis' data of an AppHost, a build's, a test's.</summary>
    [Fact]
    public void Folders_of_dead_services_are_left_over_and_nobody_elses_are()
    {
        var dead = Make($"onlinecompiler-{Environment.ProcessId}-1-1");
        Make($"onlinecompiler-{InstanceName.Make()}");
        foreach (var name in (string[])["onlinecompiler-aB3xYz", "onlinecompiler-deploy-aB3xYz", "onlinecompiler-deploy-1-x", "onlinecompiler-1-2", "onlinecompiler-1-2-3-4", "onlinecompiler-"])
            Make(name);

        Assert.Equal([dead], StateDirectory.FindLeft(_parent));
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    private string Make(string name) => Directory.CreateDirectory(Path.Combine(_parent, name)).FullName;
}
