using OnlineCompiler.WholeApp.Tests.Application;
using OnlineCompiler.WholeApp.Tests.Executions;

namespace OnlineCompiler.WholeApp.Tests.Piston;

/// <summary>Clients that were written for Piston, as npm serves them.</summary>
public sealed class ClientTests(SharedApp shared)
{
    [Fact]
    public async Task The_npm_client_works_unchanged()
    {
        var answers = await NpmClient.RunAsync("Piston/clients/piston-client.js", shared.App.Address);

        Assert.Contains(answers["runtimes"]!.AsArray(), runtime => runtime!["language"].Text() == "python" && runtime["aliases"]!.AsArray().Any(alias => alias.Text() == "py"));
        answers["latest"]!.AssertStage("run", 0, null, null, null);
        Assert.Equal("Hello World!\n", answers["latest"]!["run"]!["stdout"].Text());
        // By default it passes these arguments.
        Assert.Equal("['1', '2', '3'] typed\n", answers["pinned"]!["run"]!["output"].Text());
        Assert.Equal("javascript", answers["files"]!["language"].Text());
        Assert.Equal("Hello World 1-2-3\n", answers["files"]!["run"]!["stdout"].Text());
        Assert.Equal("nothing-1.0.0 runtime is unknown", answers["unknown"]!["message"].Text());
    }
}
