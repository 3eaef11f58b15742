using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OnlineCompiler.Cli.Tests.Server;
using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Tests.Client;

public sealed class ExecutionTests
{
    private static readonly ExecutionRequest Program = new("python", new SourceFile("main.py", "print(1)"));

    [Fact]
    public async Task Languages_are_listed()
    {
        await using var gateway = await FakeGateway.StartAsync();
        using var client = new OnlineCompilerClient(gateway.Address);

        var languages = await client.ListLanguagesAsync(TestContext.Current.CancellationToken);

        var python = languages.Single(language => language.Id == "python");
        Assert.Equal(("Python", "1.2.3", true), (python.Name, python.Version, python.Installed));
        Assert.Equal([".py"], python.Extensions);
        Assert.Equal(new Library("numpy", "1.24.2"), Assert.Single(python.Libraries));
        Assert.Equal("./run.sh --languages zig", languages.Single(language => language.Id == "zig").InstallCommand);
    }

    [Fact]
    public async Task A_request_holds_what_was_set_and_nothing_else()
    {
        await using var gateway = await FakeGateway.StartAsync();
        JsonNode? body = null;
        gateway.Answer = async context =>
        {
            body = await context.ReadJsonAsync();
            await context.WriteJsonAsync(FakeGateway.Execution);
        };
        using var client = new OnlineCompilerClient(gateway.Address);

        await client.ExecuteAsync(Program with { Version = "3", Limits = new ExecutionLimits { WallTimeMs = 500 }, Environment = new Dictionary<string, string> { ["A_b"] = "ä" } }, TestContext.Current.CancellationToken);

        var expected = JsonNode.Parse("""
            { "language": "python", "version": "3", "files": [{ "path": "main.py", "content": "print(1)" }], "environment": { "A_b": "ä" }, "limits": { "wallTimeMs": 500 } }
            """);
        Assert.True(JsonNode.DeepEquals(expected, body), body?.ToJsonString());
    }

    [Fact]
    public async Task Bytes_that_are_not_text_survive_both_ways()
    {
        byte[] bytes = [0xff, 0x00, 0xc3];
        await using var gateway = await FakeGateway.StartAsync();
        JsonNode? body = null;
        gateway.Answer = async context =>
        {
            body = await context.ReadJsonAsync();
            await context.WriteJsonAsync("""
                { "id": "1", "language": "python", "version": "3", "outcome": "signaled", "compile": null, "artifacts": [{ "path": "a.png", "mediaType": "image/png", "content": { "base64": "/wDD" } }],
                  "run": { "outcome": "signaled", "exitCode": null, "signal": "SIGSEGV", "stdout": { "base64": "/wDD" }, "stderr": "\u00e9\n", "truncated": true,
                           "wallTimeMs": 6.1, "cpuTimeMs": 4.9, "memoryPeakBytes": 9437184, "message": "m", "unknown": [1, { "a": 2 }],
                           "diagnostics": [{ "file": "main.py", "line": 1, "severity": "error", "message": "bad" }] } }
                """);
        };
        using var client = new OnlineCompilerClient(gateway.Address);

        var result = await client.ExecuteAsync(new ExecutionRequest("python", new SourceFile("a", bytes)) { Stdin = bytes }, TestContext.Current.CancellationToken);

        Assert.Equal("/wDD", (string?)body!["files"]![0]!["content"]!["base64"]);
        Assert.Equal("/wDD", (string?)body["stdin"]!["base64"]);
        var run = result.Run!;
        Assert.Equal(bytes, run.Stdout.Bytes.ToArray());
        Assert.False(run.Stdout.IsText);
        Assert.Equal("é\n", run.Stderr.ToString());
        Assert.Equal((Outcome.Signaled, null, "SIGSEGV", true, 6.1, 4.9, 9437184, "m"), (run.Outcome, run.ExitCode, run.Signal, run.Truncated, run.WallTimeMs, run.CpuTimeMs, run.MemoryPeakBytes, run.Message));
        Assert.Equal(new Diagnostic { File = "main.py", Line = 1, Severity = Severity.Error, Message = "bad" }, Assert.Single(run.Diagnostics));
        Assert.Equal(new Artifact("a.png", "image/png", bytes), Assert.Single(result.Artifacts));
    }

    [Fact]
    public async Task A_refusal_names_the_fields_and_when_to_come_back()
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Answer = context => context.WriteProblemAsync("""
            { "type": "https://onlinecompiler.dev/problems/invalid-request", "title": "The request is not valid.", "status": 400, "detail": "files: Required.", "instance": "/x",
              "errors": { "files": ["Required."], "language": ["a", "b"] }, "retryAfterSeconds": 7, "traceId": "abc" }
            """, StatusCodes.Status400BadRequest);
        using var client = new OnlineCompilerClient(gateway.Address);

        var problem = (await Assert.ThrowsAsync<OnlineCompilerException>(() => client.ExecuteAsync(Program, TestContext.Current.CancellationToken))).Problem;

        Assert.Equal(("invalid-request", 400, "The request is not valid.", "files: Required.", "abc"), (problem.Name, problem.Status, problem.Title, problem.Detail, problem.TraceId));
        Assert.Equal(TimeSpan.FromSeconds(7), problem.RetryDelay);
        Assert.Equal(["Required."], problem.Errors["files"]);
        Assert.Equal(["a", "b"], problem.Errors["language"]);
    }

    [Theory]
    [InlineData("text/html", "<h1>Bad Gateway</h1>")]
    [InlineData("application/problem+json", "not json")]
    public async Task A_refusal_of_something_in_between_is_told_by_its_status(string type, string body)
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Answer = context =>
        {
            context.Response.Headers.RetryAfter = "3";
            return context.WriteJsonAsync(body, StatusCodes.Status502BadGateway, type);
        };
        using var client = new OnlineCompilerClient(gateway.Address);

        var problem = (await Assert.ThrowsAsync<OnlineCompilerException>(() => client.ListLanguagesAsync(TestContext.Current.CancellationToken))).Problem;

        Assert.Equal((502, TimeSpan.FromSeconds(3)), (problem.Status, problem.RetryDelay));
        Assert.Contains("502", problem.Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<h1>Welcome</h1>")]
    [InlineData("null")]
    [InlineData("""{ "languages": 3 }""")]
    public async Task What_is_not_OnlineCompiler_is_recognized(string body)
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Answer = context => context.WriteJsonAsync(body);
        using var client = new OnlineCompilerClient(gateway.Address);

        await Assert.ThrowsAsync<InvalidDataException>(() => client.ListLanguagesAsync(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InvalidDataException>(() => client.ExecuteAsync(Program, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InvalidDataException>(async () => await client.StreamAsync(Program, TestContext.Current.CancellationToken).FirstAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Every_call_carries_the_token_and_the_headers()
    {
        await using var gateway = await FakeGateway.StartAsync();
        var seen = new List<string>();
        gateway.Answer = context =>
        {
            seen.Add($"{context.Request.Path} {context.Request.Headers.Authorization} {context.Request.Headers["X-Api-Key"]} {context.Request.Headers["X-More"]}");
            return context.WriteJsonAsync(context.Request.Path.Value!.EndsWith("languages", StringComparison.Ordinal) ? FakeLanguages.Json : FakeGateway.Execution);
        };
        // A path before the API's, as behind a proxy, is kept.
        using var client = new OnlineCompilerClient(gateway.Address, new OnlineCompilerClientOptions
        {
            BearerToken = "secret",
            ApiKey = "key",
            Headers = new Dictionary<string, string> { ["X-More"] = "more" },
        });

        await client.ListLanguagesAsync(TestContext.Current.CancellationToken);
        await client.ExecuteAsync(Program, TestContext.Current.CancellationToken);
        await using (await client.ConnectAsync(Program, cancellationToken: TestContext.Current.CancellationToken))
        {
            Assert.Equal(["/api/v1/languages Bearer secret key more", "/api/v1/executions Bearer secret key more"], seen);
            var run = Assert.Single(gateway.Runs);
            Assert.Equal("Bearer secret key more", $"{run.Headers.Authorization} {run.Headers["X-Api-Key"]} {run.Headers["X-More"]}");
        }
    }

    [Fact]
    public async Task A_path_in_the_address_is_kept()
    {
        await using var gateway = await FakeGateway.StartAsync();
        var path = "";
        gateway.Answer = context =>
        {
            path = context.Request.Path;
            return context.WriteJsonAsync(FakeLanguages.Json);
        };
        using var client = new OnlineCompilerClient(new Uri(gateway.Address, "compilers/one"));

        await client.ListLanguagesAsync(TestContext.Current.CancellationToken);

        Assert.Equal("/compilers/one/api/v1/languages", path);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_one_kind_of_error()
    {
        using var client = new OnlineCompilerClient(new Uri($"http://127.0.0.1:{FreePort.Next()}"));

        await Assert.ThrowsAsync<HttpRequestException>(() => client.ListLanguagesAsync(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.ExecuteAsync(Program, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.ConnectAsync(Program, cancellationToken: TestContext.Current.CancellationToken));
    }
}
