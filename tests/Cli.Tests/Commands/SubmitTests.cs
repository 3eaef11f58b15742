using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OnlineCompiler.Cli.Tests.Server;

namespace OnlineCompiler.Cli.Tests.Commands;

/// <summary>Programs that are handed in, and what comes of them.</summary>
public sealed class SubmitTests : IAsyncLifetime
{
    private readonly ProgramFolder _folder = new(("main.py", "print(1)"), ("input.txt", "abc"));
    private FakeGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await FakeGateway.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_program_is_handed_in_and_its_id_is_all_that_is_printed()
    {
        JsonNode? body = null;
        string? key = null;
        _gateway.Answer = async context =>
        {
            if (context.Request.Method == "GET")
            {
                await context.WriteJsonAsync(FakeLanguages.Json);
                return;
            }
            (body, key) = (await context.ReadJsonAsync(), context.Request.Headers["Idempotency-Key"]);
            await context.WriteJsonAsync(Submission("queued"), StatusCodes.Status202Accepted);
        };

        var result = await RunAsync("submit", "main.py", "--input", "input.txt", "--callback", "https://example.com/", "--context", "mine", "--key", "k1", "--", "--flag");

        Assert.Equal((0, "abc\n", ""), (result.Status, result.Output, result.Error));
        Assert.Equal("k1", key);
        Assert.Equal(("python", "abc"), ((string?)body!["execution"]!["language"], (string?)body["execution"]!["stdin"]));
        Assert.Equal("--flag", (string?)body["execution"]!["arguments"]![0]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{ "url": "https://example.com/", "context": "mine" }"""), body["callback"]));
    }

    [Fact]
    public async Task Waiting_prints_what_the_program_printed_and_exits_as_it_did()
    {
        _gateway.Answer = context => context.WriteJsonAsync(
            $"event: state\ndata: {Submission("running")}\n\nevent: state\ndata: {Submission("finished", """
                , "execution": { "id": "1", "language": "c", "version": "3", "outcome": "nonzeroExit",
                  "compile": { "outcome": "succeeded", "exitCode": 0, "stdout": "", "stderr": "a warning\n" },
                  "run": { "outcome": "nonzeroExit", "exitCode": 3, "stdout": { "base64": "/wA=" }, "stderr": "oops\n" },
                  "artifacts": [{ "path": "a.txt", "mediaType": "text/plain", "content": "left" }] }
                """.ReplaceLineEndings(""))}\n\n",
            type: "text/event-stream");

        var result = await RunAsync("wait", "abc", "--output", "left");

        Assert.Equal((3, "a warning\noops\n"), (result.Status, result.Error));
        Assert.Equal([0xff, 0x00], result.Bytes);
        Assert.Equal("left", await File.ReadAllTextAsync(Path.Combine(_folder.Path, "left", "a.txt"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_has_no_result_says_why()
    {
        _gateway.Answer = context => context.WriteJsonAsync($"event: state\ndata: {Submission("cancelled")}\n\n", type: "text/event-stream");

        var result = await RunAsync("wait", "abc");

        Assert.Equal((125, "oc: The submission was cancelled.\n"), (result.Status, result.Error));
    }

    [Fact]
    public async Task A_submission_is_cancelled()
    {
        string? asked = null;
        _gateway.Answer = context =>
        {
            asked = $"{context.Request.Method} {context.Request.Path}";
            return context.WriteJsonAsync(Submission("cancelled"));
        };

        var result = await RunAsync("cancel", "abc");

        Assert.Equal((0, "cancelled\n", "DELETE /api/v1/submissions/abc"), (result.Status, result.Output, asked));
    }

    [Fact]
    public async Task A_refusal_names_what_was_typed()
    {
        _gateway.Answer = context => context.Request.Method == "GET"
            ? context.WriteJsonAsync(FakeLanguages.Json)
            : context.WriteProblemAsync(
                """{ "type": "t", "title": "t", "status": 400, "errors": { "callback.url": ["This host must not be called."], "execution.limits.wallTimeMs": ["Too long."] } }""",
                StatusCodes.Status400BadRequest);

        var result = await RunAsync("submit", "main.py", "--callback", "http://localhost/");

        Assert.Equal((125, "oc: --callback: This host must not be called.\noc: --limit-wall-time: Too long.\n"), (result.Status, result.Error));
    }

    private async Task<OcResult> RunAsync(params string[] arguments)
    {
        using var oc = OcProcess.Start(_gateway.Address, _folder.Path, arguments);
        return await oc.WaitAsync();
    }

    private static string Submission(string state, string more = "") => $$"""
        { "id": "abc", "state": "{{state}}", "createdAt": "2026-11-23T09:30:00Z", "expiresAt": "2026-11-24T09:30:00Z", "attempts": 1{{more}} }
        """;
}
