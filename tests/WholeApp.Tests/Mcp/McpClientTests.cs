using System.Text.Json.Nodes;
using OnlineCompiler.WholeApp.Tests.Application;

namespace OnlineCompiler.WholeApp.Tests.Mcp;

/// <summary>An agent's view of the whole application, by the protocol's client for Node.js.</summary>
public sealed class McpClientTests(SharedApp shared)
{
    [Fact]
    public async Task The_npm_client_runs_programs_and_sees_what_they_made()
    {
        var answers = await NpmClient.RunAsync("Mcp/client/mcp-client.js", shared.App.Address);

        Assert.Equal("onlinecompiler", (string?)answers["server"]!["name"]);
        Assert.Equal(["explain_error", "judge", "list_languages", "run_code"], answers["tools"]!.AsArray().Select(tool => (string)tool!).Order());
        Assert.Contains(Structure("languages")["languages"]!.AsArray(), language => (string?)language!["id"] == "python");
        Assert.Equal(("succeeded", "cba\n", 0), ((string?)Structure("run")["outcome"], (string?)Structure("run")["stdout"], (int?)Structure("run")["exitCode"]));
        Assert.Contains("Running", answers["progress"]!.AsArray().Select(told => (string?)told));

        var failed = Structure("failed");
        Assert.Equal("nonzeroExit", (string?)failed["outcome"]);
        Assert.Equal(("main.c", 1), ((string?)failed["diagnostics"]![0]!["file"], (int?)failed["diagnostics"]![0]!["line"]));
        Assert.Contains("undeclared", (string?)failed["compilerOutput"], StringComparison.Ordinal);

        var picture = answers["picture"]!["content"]!.AsArray().Single(block => (string?)block!["type"] == "image")!;
        Assert.Equal(("image/png", "iVBORw0KGgo="), ((string?)picture["mimeType"], (string?)picture["data"]));

        Assert.Equal("wallTimeLimit", (string?)Structure("stopped")["outcome"]);
        Assert.Contains("wall-time limit of 0.3 s", (string?)Structure("stopped")["message"], StringComparison.Ordinal);

        Assert.Equal("wrongAnswer", (string?)Structure("judged")["verdict"]);
        Assert.Equal(["accepted", "wrongAnswer", "runtimeError"], Structure("judged")["tests"]!.AsArray().Select(test => (string?)test!["verdict"]));
        Assert.Contains("Test 1: accepted", answers["progress"]!.AsArray().Select(told => (string?)told));

        Assert.Contains("language: ", Error("unknown"), StringComparison.Ordinal);
        // Nobody has configured an assistant here.
        Assert.StartsWith("No model is configured.", Error("unexplained"), StringComparison.Ordinal);

        JsonNode Structure(string call)
        {
            Assert.NotEqual(true, (bool?)answers[call]!["isError"]);
            return answers[call]!["structuredContent"]!;
        }

        string Error(string call)
        {
            Assert.True((bool?)answers[call]!["isError"]);
            return (string)answers[call]!["content"]![0]!["text"]!;
        }
    }
}
