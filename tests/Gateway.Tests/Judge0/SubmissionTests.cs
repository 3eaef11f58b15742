using System.Net;
using System.Text.Json.Nodes;
using Grpc.Core;

namespace OnlineCompiler.Gateway.Tests.Judge0;

/// <summary>Submissions that nobody waits for, kept in a real Redis.</summary>
public sealed class SubmissionTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private const string Batch = "/judge0/submissions/batch";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_submission_is_queued_and_runs_and_has_its_result()
    {
        var service = new ServiceOfSubmissions();
        await using var gateway = await StartAsync(service);

        var created = await gateway.PostAsync(JudgeServer.Submissions, JudgeServer.With("""{"stdin":"in"}"""));
        var token = (string)(await created.JsonAsync())["token"]!;
        Assert.Equal("""{"token":"TOKEN"}""", await created.BodyAsync(201));
        var running = await gateway.Http.GetAsync($"/judge0/submissions/{token}", TestContext.Current.CancellationToken);
        Assert.Equal(
            """{"stdout":null,"time":null,"memory":null,"stderr":null,"token":"TOKEN","compile_output":null,"message":null,"status":{"id":2,"description":"Processing"}}""",
            await running.BodyAsync(200));
        service.End(1, JudgeServer.Succeeded("42\n"));

        var ended = await EndAsync(gateway, token, "?fields=*");
        Assert.Equal(("42\n", 3, "in", "print(42)"), ((string?)ended["stdout"], (int?)ended["status_id"], (string?)ended["stdin"], (string?)ended["source_code"]));
        // When it really ended, and not when someone asked.
        Assert.Equal("2025-11-23T09:30:02.000Z", (string?)ended["finished_at"]);
        Assert.Equal([$"judge0/{token}/0"], service.Keys);
    }

    [Fact]
    public async Task A_batch_is_answered_in_its_order_with_what_is_wrong_in_between()
    {
        var service = new ServiceOfSubmissions();
        service.Ends.Enqueue(JudgeServer.Succeeded("one"));
        service.Ends.Enqueue(JudgeServer.Succeeded("two"));
        await using var gateway = await StartAsync(service);

        var created = await gateway.PostAsync(Batch + "?wait=true&fields=nothing", $$"""{"submissions":[{{JudgeServer.Program}},{"source_code":"x"},{{JudgeServer.Program}}]}""");
        Assert.Equal("""[{"token":"TOKEN"},{"language_id":["can't be blank","language with id  doesn't exist"]},{"token":"TOKEN"}]""", await created.BodyAsync(201));
        var answers = (await created.JsonAsync()).AsArray();
        var (first, second) = ((string)answers[0]!["token"]!, (string)answers[2]!["token"]!);

        await EndAsync(gateway, first);
        await EndAsync(gateway, second);
        var found = await gateway.Http.GetAsync($"{Batch}?tokens={second},unknown,{first}&fields=stdout,status_id", TestContext.Current.CancellationToken);
        Assert.Equal("""{"submissions":[{"stdout":"two","status_id":3},null,{"stdout":"one","status_id":3}]}""", await found.BodyAsync(200));

        using var byHeader = new HttpRequestMessage(HttpMethod.Get, Batch + "?fields=stdout&base64_encoded=true") { Headers = { { "tokens", first } } };
        Assert.Equal("""{"submissions":[{"stdout":"b25l\n"}]}""", await (await gateway.Http.SendAsync(byHeader, TestContext.Current.CancellationToken)).BodyAsync(200));
    }

    [Fact]
    public async Task Submissions_are_listed_the_newest_first_and_deleted_by_who_may()
    {
        await using var own = new RedisServer();
        await own.InitializeAsync();
        var service = new ServiceOfSubmissions();
        await using var gateway = await StartAsync(
            service, ("ConnectionStrings:redis", own.ConnectionString), ("Gateway:Judge0:AuthorizationTokens:0", "admin"), ("Gateway:Judge0:EnableDelete", "true"));
        gateway.Http.DefaultRequestHeaders.Add("X-Auth-User", "admin");
        var tokens = new List<string>();
        for (var i = 0; i < 3; i++)
            tokens.Add((string)(await gateway.SubmitAsync(JudgeServer.With($$"""{"stdin":"{{i}}"}"""), JudgeServer.Submissions))["token"]!);
        service.End(1, JudgeServer.Succeeded("done"));
        await EndAsync(gateway, tokens[0]);

        const string List = "/judge0/submissions?fields=stdin";
        async Task<string> ListAsync(string page, int status = 200) => await (await gateway.Http.GetAsync(List + page, TestContext.Current.CancellationToken)).BodyAsync(status);
        Assert.Equal(
            """{"submissions":[{"stdin":"2"},{"stdin":"1"}],"meta":{"current_page":1,"next_page":2,"prev_page":null,"total_pages":2,"total_count":3}}""",
            await ListAsync("&per_page=2"));
        Assert.Equal(
            """{"submissions":[{"stdin":"0"}],"meta":{"current_page":2,"next_page":null,"prev_page":1,"total_pages":2,"total_count":3}}""",
            await ListAsync("&per_page=2&page=2"));
        Assert.Equal("""{"error":"invalid page: -4"}""", await ListAsync("&page=-4&per_page=-2", 400));
        Assert.Equal("""{"error":"invalid per_page: 0"}""", await ListAsync("&per_page=many", 400));

        async Task<HttpResponseMessage> DeleteAsync(string token) => await gateway.Http.DeleteAsync($"/judge0/submissions/{token}?fields=stdin,status_id", TestContext.Current.CancellationToken);
        Assert.Equal("""{"error":"submission cannot be deleted because its status is 2 (Processing)"}""", await (await DeleteAsync(tokens[1])).BodyAsync(400));
        Assert.Equal("""{"stdin":"MA==\n","status_id":3}""", await (await DeleteAsync(tokens[0])).BodyAsync(200));
        Assert.Equal("", await (await DeleteAsync(tokens[0])).BodyAsync(404));
        Assert.EndsWith("\"total_count\":2}}", await ListAsync(""), StringComparison.Ordinal);

        var statistics = await gateway.GetAsync("/judge0/statistics?invalidate_cache=true");
        Assert.Equal((3, 3), ((int)statistics["submissions"]!["total"]!, (int)statistics["submissions"]!["today"]!));
        Assert.Equal("""[{"language":{"id":71,"name":"Python (3.11.2)"},"count":3}]""", statistics["languages"]!.ToJsonString());
        Assert.Equal("""[{"status":{"id":3,"name":"Accepted"},"count":1}]""", statistics["statuses"]!.ToJsonString());
        Assert.Single(statistics["submissions"]!["last_30_days"]!.AsObject());
        Assert.True((long)statistics["database"]!["size_in_bytes"]! > 0);
        Assert.Equal(2, (int)(await gateway.GetAsync("/judge0/workers"))[0]!["size"]!);
    }

    [Fact]
    public async Task Deleting_is_for_operators_to_allow()
    {
        await using var gateway = await StartAsync(new ServiceOfSubmissions(), ("Gateway:Judge0:AuthorizationTokens:0", "admin"));

        Assert.Equal(
            """{"error":"delete not allowed"}""",
            await (await gateway.Http.DeleteAsync("/judge0/submissions/any?X-Auth-User=admin", TestContext.Current.CancellationToken)).BodyAsync(400));
    }

    [Fact]
    public async Task Several_runs_follow_each_other_until_one_is_not_accepted()
    {
        var service = new ServiceOfSubmissions();
        foreach (var (output, ms) in ((string, double)[])[("42", 11.4), ("42", 13.4), ("43", 12.4)])
        {
            var end = JudgeServer.Succeeded(output);
            end.Run.UserCpuTimeMs = ms;
            service.Ends.Enqueue(end);
        }

        await using var gateway = await StartAsync(service);
        var token = (string)(await gateway.SubmitAsync(JudgeServer.With("""{"expected_output":"42","number_of_runs":5}"""), JudgeServer.Submissions))["token"]!;

        var ended = await EndAsync(gateway, token);
        Assert.Equal((4, "43", "0.016"), ((int)ended["status"]!["id"]!, (string?)ended["stdout"], (string?)ended["time"]));
        Assert.Equal([$"judge0/{token}/0", $"judge0/{token}/1", $"judge0/{token}/2"], service.Keys);
    }

    [Fact]
    public async Task What_a_lost_Gateway_had_submitted_comes_to_its_end_without_anyone_asking()
    {
        await using var own = new RedisServer();
        await own.InitializeAsync();
        var service = new ServiceOfSubmissions();
        string token;
        await using (var lost = await StartAsync(service, ("ConnectionStrings:redis", own.ConnectionString)))
            token = (string)(await lost.SubmitAsync(JudgeServer.With("""{"number_of_runs":2}"""), JudgeServer.Submissions))["token"]!;
        service.End(1, JudgeServer.Succeeded("42"));
        service.Ends.Enqueue(JudgeServer.Succeeded("42"));

        await using var next = await StartAsync(service, ("ConnectionStrings:redis", own.ConnectionString));

        await WaitFor.TrueAsync(async () => (int)(await next.GetAsync("/judge0/workers"))[0]!["size"]! == 0, Patience);
        Assert.Equal(2, service.Submitted.Count);
        Assert.Equal(3, (int)(await EndAsync(next, token))["status"]!["id"]!);
    }

    [Fact]
    public async Task A_result_is_one_for_all_Gateways_and_all_times()
    {
        var service = new ServiceOfSubmissions();
        await using var one = await StartAsync(service);
        await using var other = await StartAsync(service);
        var token = (string)(await one.SubmitAsync(JudgeServer.Program, JudgeServer.Submissions))["token"]!;
        service.End(1, JudgeServer.Succeeded("42"));

        var first = await EndAsync(one, token, "?fields=*");
        var second = await EndAsync(other, token, "?fields=*");

        Assert.Equal(first.ToJsonString(), second.ToJsonString());
    }

    [Fact]
    public async Task What_was_waited_for_can_be_asked_for_again()
    {
        await using var gateway = await StartAsync(new ServiceOfSubmissions());
        gateway.Services.Execution.OnExecute = _ => Task.FromResult(JudgeServer.Succeeded("42"));

        var answer = await gateway.SubmitAsync(JudgeServer.Program);

        Assert.Equal(answer.ToJsonString(), (await gateway.GetAsync($"/judge0/submissions/{(string)answer["token"]!}")).ToJsonString());
    }

    [Fact]
    public async Task Text_that_is_none_is_an_error_until_Base64_is_asked_for()
    {
        await using var gateway = await StartAsync(new ServiceOfSubmissions());
        gateway.Services.Execution.OnExecute = _ => Task.FromResult(JudgeServer.Ran(Execution.V1.Outcome.Succeeded, Google.Protobuf.ByteString.CopyFrom(0x61, 0xFF), exitCode: 0));
        var token = (string)(await gateway.SubmitAsync(JudgeServer.Program))["token"]!;

        async Task<string> GetAsync(string path, int status) => await (await gateway.Http.GetAsync("/judge0/submissions" + path, TestContext.Current.CancellationToken)).BodyAsync(status);
        Assert.Equal("""{"error":"some attributes for this submission cannot be converted to UTF-8, use base64_encoded=true query parameter"}""", await GetAsync($"/{token}", 400));
        Assert.Equal("""{"error":"some attributes for one or more submissions cannot be converted to UTF-8, use base64_encoded=true query parameter"}""", await GetAsync($"/batch?tokens={token}", 400));
        Assert.Equal("""{"stdout":"Yf8=\n"}""", await GetAsync($"/{token}?base64_encoded=true&fields=stdout", 200));
        // Only what was asked for has to be text.
        Assert.Equal("""{"status_id":3}""", await GetAsync($"/{token}?fields=status_id", 200));
    }

    [Fact]
    public async Task A_full_queue_takes_no_part_of_a_batch()
    {
        await using var own = new RedisServer();
        await own.InitializeAsync();
        var service = new ServiceOfSubmissions();
        await using var gateway = await StartAsync(service, ("ConnectionStrings:redis", own.ConnectionString), ("Gateway:Judge0:MaxQueueSize", "2"));
        var two = $$"""{"submissions":[{{JudgeServer.Program}},{{JudgeServer.Program}}]}""";

        await (await gateway.PostAsync(JudgeServer.Submissions, JudgeServer.Program)).BodyAsync(201);
        Assert.Equal("""{"error":"queue is full"}""", await (await gateway.PostAsync(Batch, two)).BodyAsync(503));
        await (await gateway.PostAsync(JudgeServer.Submissions, JudgeServer.Program)).BodyAsync(201);
        Assert.Equal("""{"error":"queue is full"}""", await (await gateway.PostAsync(JudgeServer.Wait, "{}")).BodyAsync(503));
        Assert.Equal(2, service.Submitted.Count);
    }

    [Fact]
    public async Task What_the_service_does_not_take_is_not_kept()
    {
        await using var own = new RedisServer();
        await own.InitializeAsync();
        await using var gateway = await StartAsync(
            new ServiceOfSubmissions(), ("ConnectionStrings:redis", own.ConnectionString), ("Gateway:Judge0:AuthorizationTokens:0", "admin"));
        gateway.Services.Execution.OnSubmit = _ => throw new RpcException(new Status(StatusCode.ResourceExhausted, "1000 submissions of this caller are waiting."));

        Assert.Equal("""{"error":"queue is full"}""", await (await gateway.PostAsync(JudgeServer.Submissions, JudgeServer.Program)).BodyAsync(503));
        Assert.Contains(
            "\"total_count\":0", await (await gateway.Http.GetAsync("/judge0/submissions?X-Auth-User=admin", TestContext.Current.CancellationToken)).BodyAsync(200), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_Redis_is_away_waiting_works_and_the_rest_says_so()
    {
        await using var own = new RedisServer();
        await own.InitializeAsync();
        await using var gateway = await StartAsync(new ServiceOfSubmissions(), ("ConnectionStrings:redis", own.ConnectionString));
        gateway.Services.Execution.OnExecute = _ => Task.FromResult(JudgeServer.Succeeded("42"));
        await gateway.SubmitAsync(JudgeServer.Program);
        own.Stop();

        Assert.Equal("42", (string?)(await gateway.SubmitAsync(JudgeServer.Program))["stdout"]);
        var refused = await gateway.PostAsync(JudgeServer.Submissions, JudgeServer.Program);
        Assert.Equal("""{"error":"The store does not answer at the moment."}""", await refused.BodyAsync(503));
    }

    [Fact]
    public async Task While_the_service_is_away_nothing_has_ended_yet()
    {
        var service = new ServiceOfSubmissions();
        await using var gateway = await StartAsync(service);
        var token = (string)(await gateway.SubmitAsync(JudgeServer.Program, JudgeServer.Submissions))["token"]!;
        gateway.Services.Execution.OnGetSubmission = _ => throw new RpcException(new Status(StatusCode.Unavailable, "away"));

        Assert.Equal(1, (int)(await gateway.GetAsync($"/judge0/submissions/{token}"))["status"]!["id"]!);
    }

    [Fact]
    public async Task A_submission_that_is_unknown_is_a_bare_404()
    {
        await using var gateway = await StartAsync(new ServiceOfSubmissions());

        var response = await gateway.Http.GetAsync("/judge0/submissions/d85cd024-1548-4165-96c7-7bc88673f194", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private async Task<TestGateway> StartAsync(ServiceOfSubmissions service, params (string Key, string Value)[] settings)
    {
        var gateway = await JudgeServer.StartAsync([("ConnectionStrings:redis", redis.ConnectionString), .. settings]);
        service.Serve(gateway.Services.Execution);
        return gateway;
    }

    private static async Task<JsonNode> EndAsync(TestGateway gateway, string token, string query = "?fields=stdout,time,status")
    {
        JsonNode? answer = null;
        await WaitFor.TrueAsync(
            async () => (answer = await gateway.GetAsync($"/judge0/submissions/{token}{query}"))["status"]!["id"]!.GetValue<int>() > 2, Patience);
        return answer!;
    }
}
