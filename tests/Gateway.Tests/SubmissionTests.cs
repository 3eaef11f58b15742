using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Google.Rpc;
using Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Tests.Services;

namespace OnlineCompiler.Gateway.Tests;

public sealed class SubmissionTests
{
    private const string Path = "/api/v1/submissions";
    private const string Program = """{"language":"python","files":[{"path":"main.py","content":"x"}]}""";
    private const string Execution = $$"""{"execution":{{Program}}}""";
    private const string Judgement = $$"""{"program":{{Program}},"tests":[{},{}]}""";

    [Fact]
    public async Task A_submission_is_accepted_with_the_place_where_it_is_to_be_asked_for()
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await PostAsync(gateway, Path, Execution, ("Idempotency-Key", "key-1"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("/api/v1/submissions/sub-1", response.Headers.Location?.OriginalString);
        AssertJson("""
            { "id": "sub-1", "state": "queued", "createdAt": "2025-11-23T09:30:00Z", "startedAt": null, "finishedAt": null,
              "expiresAt": "2025-11-23T10:30:00Z", "attempts": 0, "message": null }
            """, await response.JsonAsync());
        var request = Assert.Single(gateway.Services.Execution.Submitted);
        Assert.Equal(("key-1", "python"), (request.IdempotencyKey, request.Execution.Language));
        Assert.StartsWith("anonymous:", request.Caller, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_judgement_is_submitted_and_charged_by_its_runs()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:RateLimits:RunBurst", "4"), ("Gateway:RateLimits:RunsPerSecond", "1"));
        const string body = $$"""{"judgement":{{Judgement}}}""";

        Assert.Equal(HttpStatusCode.Accepted, (await gateway.PostAsync(Path, body)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await gateway.PostAsync(Path, body)).StatusCode);
        await (await gateway.PostAsync(Path, body)).ProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests");

        Assert.Equal([2, 2], gateway.Services.Execution.Submitted.Select(request => request.Judgement.Tests.Count));
    }

    [Theory]
    [InlineData("/api/v1/executions", Program)]
    [InlineData("/api/v1/judgements", Judgement)]
    public async Task Who_prefers_not_to_wait_gets_a_submission(string path, string body)
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await PostAsync(gateway, path, body, ("Prefer", "wait=5, Respond-Async"), ("Idempotency-Key", "k"));
        var waited = await PostAsync(gateway, path, body, ("Prefer", "return=minimal"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("/api/v1/submissions/sub-1", response.Headers.Location?.OriginalString);
        Assert.Equal(["respond-async"], response.Headers.GetValues("Preference-Applied"));
        Assert.Equal("k", Assert.Single(gateway.Services.Execution.Submitted).IdempotencyKey);
        Assert.Equal(HttpStatusCode.OK, waited.StatusCode);
        Assert.False(waited.Headers.Contains("Preference-Applied"));
    }

    [Fact]
    public async Task Every_final_state_is_told_with_its_result()
    {
        await using var gateway = await TestGateway.StartAsync();
        var finished = FakeExecution.Queued("x");
        finished.State = SubmissionState.Finished;
        finished.Attempts = 2;
        finished.StartedAt = FakeExecution.Time(1);
        finished.FinishedAt = FakeExecution.Time(2);
        finished.Execution = FakeExecution.Answer("python", "42\n");
        var judged = finished.Clone();
        judged.Judgement = new JudgeResponse
        {
            Result = new JudgeResult { RequestId = "run-1", Verdict = Verdict.Accepted, AcceptedCount = 1 },
            Tests = { new JudgeTestResult { Id = "one", Verdict = Verdict.Accepted } },
        };
        var failed = FakeExecution.Queued("x");
        failed.State = SubmissionState.Failed;
        failed.Message = "lost";
        gateway.Services.Execution.OnGetSubmission = id => Task.FromResult(id switch { "finished" => finished, "judged" => judged, _ => failed });

        var answer = await GetAsync("finished");
        Assert.Equal(("finished", 2, "42\n"), ((string?)answer["state"], (int?)answer["attempts"], (string?)answer["execution"]!["run"]!["stdout"]));
        Assert.Equal(("2025-11-23T09:30:01Z", "2025-11-23T09:30:02Z"), ((string?)answer["startedAt"], (string?)answer["finishedAt"]));
        Assert.False(answer.AsObject().ContainsKey("judgement"));
        answer = await GetAsync("judged");
        Assert.Equal(("accepted", "one"), ((string?)answer["judgement"]!["verdict"], (string?)answer["judgement"]!["tests"]![0]!["id"]));
        answer = await GetAsync("failed");
        Assert.Equal(("failed", "lost"), ((string?)answer["state"], (string?)answer["message"]));

        async Task<JsonNode> GetAsync(string id) => await (await gateway.Http.GetAsync($"{Path}/{id}", TestContext.Current.CancellationToken)).JsonAsync();
    }

    [Fact]
    public async Task Changes_come_as_events_up_to_the_last()
    {
        await using var gateway = await TestGateway.StartAsync();
        var seen = new SemaphoreSlim(0);
        gateway.Services.Execution.OnWatch = async (id, events, context) =>
        {
            await events.WriteAsync(FakeExecution.Queued(id));
            // The rest only after the first was seen at the other end.
            await seen.WaitAsync(context.CancellationToken);
            var last = FakeExecution.Queued(id);
            last.State = SubmissionState.Cancelled;
            await events.WriteAsync(last);
        };

        using var reader = await EventReader.GetAsync(gateway, $"{Path}/abc/events");
        var first = (await reader.NextAsync())!.Value;
        seen.Release();
        var rest = await reader.AllAsync();

        Assert.Equal(("state", "abc", "queued"), (first.Name, (string?)first.Data["id"], (string?)first.Data["state"]));
        Assert.Equal("cancelled", (string?)Assert.Single(rest).Data["state"]);
    }

    [Fact]
    public async Task A_submission_is_cancelled()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnCancel = id =>
        {
            var cancelled = FakeExecution.Queued(id);
            cancelled.State = SubmissionState.Cancelled;
            return Task.FromResult(cancelled);
        };

        var answer = await (await gateway.Http.DeleteAsync($"{Path}/abc", TestContext.Current.CancellationToken)).JsonAsync();

        Assert.Equal(("abc", "cancelled"), ((string?)answer["id"], (string?)answer["state"]));
    }

    [Fact]
    public async Task Each_of_a_batch_has_its_submission_or_its_problem()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnSubmit = request => request.Judgement is null
            ? Task.FromResult(FakeExecution.Queued($"sub-{request.Execution.Language}"))
            : throw Refusal("judgement.tests[0].points");

        var response = await PostAsync(
            gateway, Path + "/batch", $$$"""{"submissions":[{{{Execution}}},null,{"execution":{}},{"judgement":{{{Judgement}}}},{{{Execution}}}]}""", ("Idempotency-Key", "k"));
        var answers = (await response.JsonAsync())["submissions"]!.AsArray();

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(["sub-python", null, null, null, "sub-python"], answers.Select(answer => (string?)answer!["submission"]?["id"]));
        Assert.Equal([null, 400, 400, 400, null], answers.Select(answer => (int?)answer!["problem"]?["status"]));
        Assert.NotNull(answers[2]!["problem"]!["errors"]!["execution.files"]);
        Assert.NotNull(answers[3]!["problem"]!["errors"]!["judgement.tests[0].points"]);
        Assert.Equal(["k/0", "k/3", "k/4"], gateway.Services.Execution.Submitted.Select(request => request.IdempotencyKey));
    }

    [Fact]
    public async Task Each_of_a_batch_is_charged()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:RateLimits:RunBurst", "3"), ("Gateway:RateLimits:RunsPerSecond", "1"));

        var response = await gateway.PostAsync(Path + "/batch", $$"""{"submissions":[{{string.Join(',', Enumerable.Repeat(Execution, 20))}}]}""");
        var answers = (await response.JsonAsync())["submissions"]!.AsArray();

        // A token may have come back meanwhile.
        Assert.InRange(answers.Count(answer => answer!["submission"] is not null), 3, 5);
        Assert.Equal(429, (int?)answers[^1]!["problem"]!["status"]);
    }

    [Theory]
    [InlineData("", "{}", "execution")]
    [InlineData("", $$"""{"execution":{{Program}},"judgement":{{Judgement}}}""", "judgement")]
    [InlineData("", """{"execution":{"files":[]}}""", "execution.files")]
    [InlineData("", """{"judgement":{"program":{}}}""", "judgement.program.language")]
    [InlineData("/batch", "{}", "submissions")]
    [InlineData("/batch", """{"submissions":[]}""", "submissions")]
    [InlineData("/batch", """{"submissions":[{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}]}""", "submissions")]
    public async Task What_is_missing_or_too_much_is_named(string route, string body, string field)
    {
        await using var gateway = await TestGateway.StartAsync();

        var problem = await (await gateway.PostAsync(Path + route, body)).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request");

        Assert.NotEmpty(problem.Messages(field));
        Assert.Empty(gateway.Services.Execution.Submitted);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await PostAsync(gateway, Path, Execution, ("Idempotency-Key", key));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(gateway.Services.Execution.Submitted);
    }

    [Theory]
    [InlineData("/api/v1/executions", Program, "execution.limits.wall_time_limit_ms", "limits.wallTimeMs")]
    [InlineData("/api/v1/judgements", Judgement, "judgement.tests[0].points", "tests[0].points")]
    [InlineData(Path, Execution, "execution.limits.wall_time_limit_ms", "execution.limits.wallTimeMs")]
    public async Task What_the_service_refuses_is_named_as_in_the_body(string path, string body, string field, string member)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnSubmit = _ => throw Refusal(field);

        var problem = await (await PostAsync(gateway, path, body, ("Prefer", "respond-async"))).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request");

        Assert.Equal(["is wrong"], problem.Messages(member));
    }

    [Theory]
    [InlineData(StatusCode.AlreadyExists, HttpStatusCode.Conflict, "idempotency-key-used")]
    [InlineData(StatusCode.ResourceExhausted, HttpStatusCode.TooManyRequests, "busy")]
    [InlineData(StatusCode.Unavailable, HttpStatusCode.ServiceUnavailable, "service-unavailable")]
    [InlineData(StatusCode.NotFound, HttpStatusCode.NotFound, "not-found")]
    public async Task Errors_of_the_service_are_problems(StatusCode code, HttpStatusCode status, string name)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnSubmit = _ => throw Error();
        gateway.Services.Execution.OnGetSubmission = gateway.Services.Execution.OnCancel = _ => throw Error();
        gateway.Services.Execution.OnWatch = (_, _, _) => throw Error();

        await (await gateway.PostAsync(Path, Execution)).ProblemAsync(status, name);
        await (await gateway.Http.GetAsync(Path + "/x", TestContext.Current.CancellationToken)).ProblemAsync(status, name);
        await (await gateway.Http.GetAsync(Path + "/x/events", TestContext.Current.CancellationToken)).ProblemAsync(status, name);
        await (await gateway.Http.DeleteAsync(Path + "/x", TestContext.Current.CancellationToken)).ProblemAsync(status, name);

        RpcException Error() => new(new Grpc.Core.Status(code, "no"));
    }

    [Fact]
    public async Task Over_gRPC_the_caller_is_the_real_one_and_a_judgement_is_charged()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:RateLimits:RunBurst", "5"), ("Gateway:RateLimits:RunsPerSecond", "1"));
        using var channel = gateway.OpenChannel();
        var client = new OnlineCompiler.Execution.V1.Execution.ExecutionClient(channel);
        var request = new SubmitRequest
        {
            Caller = "somebody-else",
            Judgement = new JudgeRequest { Program = new ExecuteRequest { Language = "python", Caller = "somebody-else" }, Tests = { new JudgeTest(), new JudgeTest(), new JudgeTest() } },
        };

        var submission = await client.SubmitAsync(request, cancellationToken: TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<RpcException>(async () => await client.SubmitAsync(request, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal("sub-1", submission.Id);
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        var submitted = Assert.Single(gateway.Services.Execution.Submitted);
        Assert.StartsWith("anonymous:", submitted.Caller, StringComparison.Ordinal);
        Assert.Equal(3, submitted.Judgement.Tests.Count);
    }

    private static async Task<HttpResponseMessage> PostAsync(TestGateway gateway, string path, string json, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static RpcException Refusal(string field) => new Google.Rpc.Status
    {
        Code = (int)Code.InvalidArgument,
        Details = { Google.Protobuf.WellKnownTypes.Any.Pack(new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = field, Description = "is wrong" } } }) },
    }.ToRpcException();

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
}
