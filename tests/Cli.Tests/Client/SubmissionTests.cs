using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OnlineCompiler.Cli.Tests.Server;
using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Tests.Client;

public sealed class SubmissionTests
{
    private const string Queued = """{ "id": "abc", "state": "queued", "createdAt": "2026-11-23T09:30:00Z", "expiresAt": "2026-11-24T09:30:00Z", "attempts": 0 }""";
    private const string Finished = $$"""
        { "id": "abc", "state": "finished", "createdAt": "2026-11-23T09:30:00Z", "startedAt": "2026-11-23T09:30:01Z", "finishedAt": "2026-11-23T09:30:02Z", "expiresAt": "2026-11-24T09:30:00Z", "attempts": 2, "message": null,
          "execution": {{FakeGateway.Execution}}, "callback": { "state": "delivered", "attempts": 1, "lastStatus": 204, "message": null } }
        """;

    private static readonly ExecutionRequest Program = new("python", new SourceFile("main.py", "print(1)"));
    private static readonly DateTimeOffset Sent = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    [Fact]
    public async Task A_program_is_handed_in_with_its_key_and_callback()
    {
        await using var gateway = await FakeGateway.StartAsync();
        (string? Path, string? Key, JsonNode? Body) sent = default;
        gateway.Answer = async context =>
        {
            sent = (context.Request.Path, context.Request.Headers["Idempotency-Key"], await context.ReadJsonAsync());
            await context.WriteJsonAsync(Queued, StatusCodes.Status202Accepted);
        };
        using var client = new OnlineCompilerClient(gateway.Address);

        var submission = await client.SubmitAsync(Program, new Callback("https://example.com/", "whsec_x", "mine"), "key-1", TestContext.Current.CancellationToken);

        Assert.Equal(("abc", SubmissionState.Queued, false), (submission.Id, submission.State, submission.IsFinal));
        Assert.Equal(("/api/v1/submissions", "key-1"), (sent.Path, sent.Key));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                { "execution": { "language": "python", "files": [{ "path": "main.py", "content": "print(1)" }] },
                  "callback": { "url": "https://example.com/", "secret": "whsec_x", "context": "mine" } }
                """),
            sent.Body));
    }

    [Fact]
    public async Task Waiting_goes_on_over_lost_connections_and_services()
    {
        await using var gateway = await FakeGateway.StartAsync();
        var asked = new List<string>();
        gateway.Answer = async context =>
        {
            asked.Add(context.Request.Path);
            if (asked.Count == 2)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }
            var state = asked.Count == 1 ? Queued : Finished.ReplaceLineEndings("");
            await context.WriteJsonAsync($"event: state\ndata: {state}\n\n", type: "text/event-stream");
        };
        using var client = new OnlineCompilerClient(gateway.Address);

        var end = await client.WaitAsync("abc", TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Repeat("/api/v1/submissions/abc/events", 3), asked);
        Assert.Equal((SubmissionState.Finished, 2, Outcome.Succeeded), (end.State, end.Attempts, end.Execution!.Outcome));
        Assert.Equal(new CallbackDelivery { State = CallbackState.Delivered, Attempts = 1, LastStatus = 204 }, end.Callback);
    }

    [Fact]
    public async Task A_submission_is_looked_up_and_cancelled_and_one_that_is_not_there_is_a_problem()
    {
        await using var gateway = await FakeGateway.StartAsync();
        var asked = new List<string>();
        gateway.Answer = context =>
        {
            asked.Add($"{context.Request.Method} {context.Request.Path}");
            return context.Request.Path.Value!.Contains("gone", StringComparison.Ordinal)
                ? context.WriteProblemAsync("""{ "type": "t", "title": "There is nothing here.", "status": 404 }""", StatusCodes.Status404NotFound)
                : context.WriteJsonAsync(Finished);
        };
        using var client = new OnlineCompilerClient(gateway.Address);

        Assert.True((await client.GetSubmissionAsync("abc", TestContext.Current.CancellationToken)).IsFinal);
        Assert.True((await client.CancelAsync("abc", TestContext.Current.CancellationToken)).IsFinal);
        var error = await Assert.ThrowsAsync<OnlineCompilerException>(() => client.WaitAsync("gone", TestContext.Current.CancellationToken));

        Assert.Equal(["GET /api/v1/submissions/abc", "DELETE /api/v1/submissions/abc", "GET /api/v1/submissions/gone/events"], asked);
        Assert.Equal(404, error.Problem.Status);
    }

    [Fact]
    public void The_standards_example_is_verified_by_its_secret()
    {
        // A body of the specification's example is none of ours, which is told apart from one that is not signed.
        const string body = """{"test": 2432232314}""";
        const string signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        const string id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        var verifier = new CallbackVerifier("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", time: new Clock(Sent));

        Assert.Throws<InvalidDataException>(() => verifier.Read(id, "1614265330", signature, Encoding.UTF8.GetBytes(body)));
        Assert.Null(verifier.Read(id, "1614265331", signature, Encoding.UTF8.GetBytes(body)));
        Assert.Null(verifier.Read(id + "x", "1614265330", signature, Encoding.UTF8.GetBytes(body)));
        Assert.Null(verifier.Read(id, "1614265330", signature, Encoding.UTF8.GetBytes(body + " ")));
    }

    [Fact]
    public void A_callback_is_read_when_it_is_signed_and_young()
    {
        var secret = CallbackVerifier.CreateSecret();
        var body = Encoding.UTF8.GetBytes($$"""{ "type": "submission.finished", "timestamp": "2026-11-23T09:30:03Z", "context": "mine", "data": {{Finished}} }""");
        var signature = "v1," + Convert.ToBase64String(HMACSHA256.HashData(
            Convert.FromBase64String(secret["whsec_".Length..]), (byte[])[.. Encoding.ASCII.GetBytes($"abc.{Sent.ToUnixTimeSeconds()}."), .. body]));
        CallbackMessage? Read(string? id = "abc", string? timestamp = "1614265330", string? given = null, int secondsLater = 0, string? with = null) =>
            new CallbackVerifier(with ?? secret, time: new Clock(Sent.AddSeconds(secondsLater))).Read(id, timestamp, given ?? signature, body);

        var message = Read()!;

        Assert.Equal(("submission.finished", "mine", "abc", Outcome.Succeeded), (message.Type, message.Context, message.Data.Id, message.Data.Execution!.Outcome));
        Assert.NotNull(Read(secondsLater: 300));
        Assert.NotNull(Read(secondsLater: -300));
        Assert.NotNull(Read(given: "v1,AAAA v2,x " + signature));
        Assert.Null(Read(secondsLater: 301));
        Assert.Null(Read(secondsLater: -301));
        Assert.Null(Read(given: ""));
        Assert.Null(Read(given: "v1," + Convert.ToBase64String(new byte[32])));
        Assert.Null(Read(given: signature["v1,".Length..]));
        Assert.Null(Read(id: null));
        Assert.Null(Read(timestamp: null));
        Assert.Null(Read(timestamp: "9223372036854775807"));
        Assert.Null(Read(timestamp: "now"));
        Assert.Null(Read(with: CallbackVerifier.CreateSecret()));
        Assert.Throws<ArgumentException>(() => new CallbackVerifier("secret"));
        Assert.Throws<ArgumentException>(() => new CallbackVerifier("whsec_"));
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
