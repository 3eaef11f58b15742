using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnlineCompiler.WholeApp.Tests.Application;

namespace OnlineCompiler.WholeApp.Tests.Executions;

public sealed class ExecutionTests(SharedApp shared)
{
    [Fact]
    public async Task The_request_of_the_documentation_is_answered_as_documented()
    {
        var body = new
        {
            language = "python",
            version = "3",
            files = new[] { new { path = "main.py", content = "print(input()[::-1])" } },
            stdin = "abc",
            arguments = Array.Empty<string>(),
            limits = new { wallTimeMs = 2000, memoryBytes = 134217728 },
            collect = new[] { "*.png" },
        };

        var answer = await shared.Http.ExecuteAsync(body);

        // What differs from run to run is checked for its kind, then set to what the documentation prints.
        Assert.NotEqual("", answer["id"].Text());
        Assert.StartsWith("3.", answer["version"].Text(), StringComparison.Ordinal);
        var run = answer["run"]!.AsObject();
        foreach (var measure in new[] { "wallTimeMs", "cpuTimeMs", "memoryPeakBytes" })
            Assert.True(run[measure]!.GetValue<double>() > 0, $"{measure} in {answer.ToJsonString()}");
        (answer["id"], answer["version"]) = ("…", "3.11.2");
        (run["wallTimeMs"], run["cpuTimeMs"], run["memoryPeakBytes"]) = (6.1, 4.9, 9437184);

        var documented = JsonNode.Parse("""
            { "id": "…", "language": "python", "version": "3.11.2", "outcome": "succeeded", "compile": null,
              "run": { "outcome": "succeeded", "exitCode": 0, "signal": null, "stdout": "cba\n", "stderr": "", "truncated": false,
                       "wallTimeMs": 6.1, "cpuTimeMs": 4.9, "memoryPeakBytes": 9437184, "message": null },
              "artifacts": [] }
            """);
        Assert.Equal(documented!.ToJsonString(), answer.ToJsonString());
    }

    [Fact]
    public async Task A_program_that_does_not_compile_is_answered_with_what_the_compiler_says()
    {
        var answer = await shared.Http.ExecuteAsync(ExecutionRequests.Program("cpp", "main.cpp", "int main() { return nothing; }"));

        Assert.Equal("nonzeroExit", answer["outcome"].Text());
        Assert.Contains("was not declared in this scope", answer["compile"]!["stderr"].Text(), StringComparison.Ordinal);
        Assert.Null(answer["run"]);
    }

    [Fact]
    public async Task Files_that_match_are_handed_back()
    {
        var body = new
        {
            language = "python",
            files = new[] { new { path = "main.py", content = "open('out.txt', 'w').write('é'); open('out.bin', 'wb').write(b'\\xff\\x00')" } },
            collect = new[] { "out.*" },
        };

        var artifacts = (await shared.Http.ExecuteAsync(body))["artifacts"]!.AsArray().ToDictionary(artifact => artifact!["path"].Text(), artifact => artifact!["content"]);

        Assert.Equal("é", artifacts["out.txt"].Text());
        Assert.Equal("/wA=", artifacts["out.bin"]!["base64"].Text());
    }

    [Fact]
    public async Task A_program_that_never_ends_is_stopped_at_its_time_limit()
    {
        var body = new { language = "bash", files = new[] { new { path = "main.sh", content = "echo begun; sleep 60" } }, limits = new { wallTimeMs = 500 } };

        var answer = await shared.Http.ExecuteAsync(body);

        Assert.Equal("wallTimeLimit", answer["outcome"].Text());
        Assert.Equal("begun\n", answer["run"]!["stdout"].Text());
    }

    [Fact]
    public async Task A_program_sees_no_network_but_its_own_and_nothing_of_ours()
    {
        var answer = await shared.Http.ExecuteAsync(ExecutionRequests.Bash("id -un; pwd; env | grep -ciE 'redis|otel|aspnet'; cat /proc/net/dev | grep -c :"));

        Assert.Equal("runner\n/workspace\n0\n1\n", answer["run"]!["stdout"].Text());
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        var document = await shared.Http.GetFromJsonAsync<JsonElement>("/openapi/v1.json", TestContext.Current.CancellationToken);
        Assert.True(document.GetProperty("paths").TryGetProperty("/api/v1/executions", out _));

        using var pages = await shared.Http.GetAsync("/docs", TestContext.Current.CancellationToken);
        Assert.Equal("text/html", pages.Content.Headers.ContentType?.MediaType);
        Assert.True(pages.IsSuccessStatusCode);
    }
}
