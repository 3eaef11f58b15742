using System.Text;
using Grpc.Core;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Tests.Judge0;

/// <summary>What is refused, in Judge0's words and order.</summary>
public sealed class ValidationTests
{
    private static readonly (string Body, string Answer)[] Wrong =
    [
        ("""{}""", """{"source_code":["can't be blank"],"language_id":["can't be blank","language with id  doesn't exist"]}"""),
        ("""{"source_code":" \n","language_id":9999}""", """{"source_code":["can't be blank"],"language_id":["language with id 9999 doesn't exist"]}"""),
        ("""{"source_code":"x","language_id":1}""", """{"language_id":["language with id 1 is archived and cannot be used anymore"]}"""),
        // Known to Judge0, and not installed here.
        ("""{"source_code":"x","language_id":73}""", """{"language_id":["language with id 73 is archived and cannot be used anymore"]}"""),
        ("""{"source_code":"x","language_id":71,"cpu_time_limit":15.1}""", """{"cpu_time_limit":["must be less than or equal to 15.0"]}"""),
        ("""{"source_code":"x","language_id":71,"cpu_extra_time":-1}""", """{"cpu_extra_time":["must be greater than or equal to 0"]}"""),
        ("""{"source_code":"x","language_id":71,"wall_time_limit":0.5}""", """{"wall_time_limit":["must be greater than or equal to 1"]}"""),
        ("""{"source_code":"x","language_id":71,"memory_limit":2047}""", """{"memory_limit":["must be greater than or equal to 2048"]}"""),
        ("""{"source_code":"x","language_id":71,"memory_limit":"512001"}""", """{"memory_limit":["must be less than or equal to 512000"]}"""),
        ("""{"source_code":"x","language_id":71,"memory_limit":"a lot"}""", """{"memory_limit":["is not a number"]}"""),
        ("""{"source_code":"x","language_id":71,"max_processes_and_or_threads":0}""", """{"max_processes_and_or_threads":["must be greater than 0"]}"""),
        ("""{"source_code":"x","language_id":71,"stack_limit":128001,"max_file_size":4097}""", """{"stack_limit":["must be less than or equal to 128000"],"max_file_size":["must be less than or equal to 4096"]}"""),
        ("""{"source_code":"x","language_id":71,"number_of_runs":21}""", """{"number_of_runs":["must be less than or equal to 20"]}"""),
        ("""{"source_code":"x","language_id":71,"compiler_options":"-O2"}""", """{"compiler_options":["setting compiler options is only allowed for compiled languages"]}"""),
        ("""{"source_code":"x","language_id":71,"enable_network":true}""", """{"enable_network":["enabling network is not allowed"]}"""),
        ("""{"source_code":"x","language_id":89}""", """{"source_code":["must be blank"],"additional_files":["can't be blank"]}"""),
    ];

    [Fact]
    public async Task Everything_that_is_wrong_is_told_by_its_field()
    {
        await using var gateway = await JudgeServer.StartAsync();

        foreach (var (body, expected) in Wrong)
            Assert.Equal(expected, await (await gateway.PostAsync(JudgeServer.Wait, body)).BodyAsync(422));
        Assert.Equal(0, gateway.Services.Execution.ExecuteCalls);
    }

    [Fact]
    public async Task All_violations_come_together()
    {
        await using var gateway = await JudgeServer.StartAsync();
        var tooLong = new string('x', 513);
        var body =
            $$"""
            {"number_of_runs":0,"cpu_time_limit":-1,"cpu_extra_time":6,"wall_time_limit":21,"memory_limit":1,"stack_limit":-1,
             "max_processes_and_or_threads":121,"max_file_size":-1,"command_line_arguments":"{{tooLong}}","enable_network":"true","language_id":"nothing"}
            """;

        var answer = await gateway.PostAsync(JudgeServer.Submissions, body);

        Assert.Equal(
            """
            {"source_code":["can't be blank"],"language_id":["language with id 0 doesn't exist"],"number_of_runs":["must be greater than 0"],
            "cpu_time_limit":["must be greater than or equal to 0"],"cpu_extra_time":["must be less than or equal to 5.0"],"wall_time_limit":["must be less than or equal to 20.0"],
            "memory_limit":["must be greater than or equal to 2048"],"stack_limit":["must be greater than or equal to 0"],
            "max_processes_and_or_threads":["must be less than or equal to 120"],"max_file_size":["must be greater than or equal to 0"],
            "command_line_arguments":["is too long (maximum is 512 characters)"],"enable_network":["enabling network is not allowed"]}
            """.ReplaceLineEndings(""),
            await answer.BodyAsync(422));
    }

    [Fact]
    public async Task Null_and_nothing_mean_the_default()
    {
        await using var gateway = await JudgeServer.StartAsync(JudgeServer.Succeeded("42"));

        await gateway.SubmitAsync("""{"source_code":"x","language_id":71,"cpu_time_limit":null,"wall_time_limit":"","memory_limit":null,"stdin":null}""");

        var request = gateway.Services.Execution.LastRequest!;
        Assert.Equal((6_000u, 10_000u, 131_072_000ul), (request.Limits.CpuTimeLimitMs, request.Limits.WallTimeLimitMs, request.Limits.MemoryLimitBytes));
        Assert.True(request.Stdin.IsEmpty);
    }

    [Fact]
    public async Task An_operator_may_refuse_what_Judge0_lets_refuse()
    {
        await using var gateway = await JudgeServer.StartAsync(
            ("Gateway:Judge0:EnableCompilerOptions", "false"), ("Gateway:Judge0:EnableCommandLineArguments", "false"), ("Gateway:Judge0:EnableAdditionalFiles", "false"),
            ("Gateway:Judge0:EnableCallbacks", "false"));

        var answer = await gateway.PostAsync(
            JudgeServer.Wait, """{"source_code":"x","language_id":54,"compiler_options":"-O2","command_line_arguments":"a","additional_files":"eA==","callback_url":"http://example.org"}""");

        Assert.Equal(
            """
            {"compiler_options":["setting compiler options is not allowed"],"command_line_arguments":["setting command line arguments is not allowed"],
            "callback_url":["setting callback is not allowed"],"additional_files":["setting additional files is not allowed"]}
            """.ReplaceLineEndings(""),
            await answer.BodyAsync(422));
    }

    [Fact]
    public async Task What_only_the_service_finds_is_told_by_Judge0s_names()
    {
        await using var gateway = await JudgeServer.StartAsync();
        var violations = new Google.Rpc.BadRequest
        {
            FieldViolations =
            {
                new Google.Rpc.BadRequest.Types.FieldViolation { Field = "limits.cpu_time_limit_ms", Description = "must be from 1 to 5000 ms, not 9000" },
                new Google.Rpc.BadRequest.Types.FieldViolation { Field = "files[0].content", Description = "must be at most 1 MiB" },
            },
        };
        gateway.Services.Execution.OnExecute = _ => throw new Google.Rpc.Status
        {
            Code = (int)StatusCode.InvalidArgument,
            Details = { Google.Protobuf.WellKnownTypes.Any.Pack(violations) },
        }.ToRpcException();

        var answer = await gateway.PostAsync(JudgeServer.Wait, JudgeServer.Program);

        Assert.Equal("""{"cpu_time_limit":["must be from 1 to 5000 ms, not 9000"],"source_code":["must be at most 1 MiB"]}""", await answer.BodyAsync(422));
    }

    [Theory]
    [InlineData("wait=true&fields=nothing", "Gateway:Judge0:Maintenance", "true", 503, "Judge0 is currently in maintenance.")]
    [InlineData("wait=true&fields=nothing", "Gateway:Judge0:EnableWait", "false", 400, "wait not allowed")]
    [InlineData("wait=true&fields=stdout,nothing,%20none", "Gateway:Judge0:EnableWait", "true", 400, "invalid fields: [nothing, none]")]
    public async Task Checks_come_in_Judge0s_order(string query, string setting, string value, int status, string error)
    {
        await using var gateway = await JudgeServer.StartAsync((setting, value));

        var answer = await gateway.PostAsync($"{JudgeServer.Submissions}?{query}", "{}");

        Assert.Equal($$"""{"error":"{{error}}"}""", await answer.BodyAsync(status));
    }

    [Fact]
    public async Task Batches_are_counted_before_they_are_read()
    {
        await using var gateway = await JudgeServer.StartAsync(("Gateway:Judge0:MaxBatchSize", "2"));
        await using var without = await JudgeServer.StartAsync(("Gateway:Judge0:EnableBatches", "false"));
        const string Batch = "/judge0/submissions/batch";

        Assert.Equal("""{"error":"there should be at least one submission in a batch"}""", await (await gateway.PostAsync(Batch, "{}")).BodyAsync(400));
        Assert.Equal(
            """{"error":"number of submissions in a batch should be less than or equal to 2"}""",
            await (await gateway.PostAsync(Batch, """{"submissions":[{},{},{}]}""")).BodyAsync(400));
        Assert.Equal(
            """{"error":"number of submissions in a batch should be less than or equal to 2"}""",
            await (await gateway.Http.GetAsync(Batch + "?tokens=a,b,c", TestContext.Current.CancellationToken)).BodyAsync(400));
        Assert.Equal(
            """[{"source_code":["can't be blank"],"language_id":["can't be blank","language with id  doesn't exist"]}]""",
            await (await gateway.PostAsync(Batch, """{"submissions":[{}]}""")).BodyAsync(422));
        Assert.Equal("""{"error":"batched submissions are not allowed"}""", await (await without.PostAsync(Batch, "{}")).BodyAsync(400));
    }

    [Theory]
    [InlineData("{\"source_code\":")]
    [InlineData("{\"source_code\":\"\\ud800\",\"language_id\":71}")]
    public async Task JSON_that_cannot_be_read_is_a_bare_400(string body)
    {
        await using var gateway = await JudgeServer.StartAsync();

        var bare = await gateway.PostAsync(JudgeServer.Submissions, body);
        using var request = new HttpRequestMessage(HttpMethod.Post, JudgeServer.Submissions) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Accept", "application/json");
        var json = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("", await bare.BodyAsync(400));
        Assert.Equal("""{"status":400,"error":"Bad Request"}""", await json.BodyAsync(400));
    }

    [Fact]
    public async Task What_is_too_large_is_told_with_its_limit()
    {
        await using var gateway = await JudgeServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, JudgeServer.Wait);
        request.Content = new StringContent(JudgeServer.With($$"""{"stdin":"{{new string('#', 13_000_000)}}"}"""), Encoding.UTF8, "application/json");
        // Asking first keeps the client from writing into a connection that is being closed.
        request.Headers.ExpectContinue = true;

        var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("""{"error":"At most 12582912 bytes."}""", await response.BodyAsync(413));
    }

    [Fact]
    public async Task A_flood_is_told_to_wait_and_several_runs_count_as_such()
    {
        await using var gateway = await JudgeServer.StartAsync(
            JudgeServer.Succeeded("42"), ("Gateway:RateLimits:RunBurst", "5"), ("Gateway:RateLimits:RunsPerSecond", "1"));

        var first = await gateway.PostAsync(JudgeServer.Wait, JudgeServer.With("""{"number_of_runs":4}"""));
        var second = await gateway.PostAsync(JudgeServer.Wait, JudgeServer.With("""{"number_of_runs":4}"""));

        await first.BodyAsync(201);
        Assert.Contains("\"error\":\"Retry in", await second.BodyAsync(429), StringComparison.Ordinal);
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 5);
    }

    [Fact]
    public async Task Without_a_store_waiting_works_and_what_needs_one_says_so()
    {
        await using var gateway = await JudgeServer.StartAsync(JudgeServer.Succeeded("42"));
        const string Refusal = """{"error":"submissions need a Redis, and none is configured here: use wait=true"}""";

        await gateway.SubmitAsync(JudgeServer.Program);
        Assert.Equal(Refusal, await (await gateway.PostAsync(JudgeServer.Submissions, JudgeServer.Program)).BodyAsync(503));
        Assert.Equal(Refusal, await (await gateway.Http.GetAsync("/judge0/submissions/some", TestContext.Current.CancellationToken)).BodyAsync(503));
        Assert.Equal($"[{Refusal}]", await (await gateway.PostAsync("/judge0/submissions/batch", $$"""{"submissions":[{{JudgeServer.Program}}]}""")).BodyAsync(422));
    }
}
