using System.Net;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using OnlineCompiler.Ai.V1;

namespace OnlineCompiler.Gateway.Tests;

public sealed class AssistanceTests
{
    private const string Smallest = """{"program":{"language":"python","files":[{"path":"main.py","content":"x"}]}}""";

    [Fact]
    public async Task A_question_reaches_the_assistant_whole_and_the_answer_comes_as_it_is_written()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Assistant.Events =
        [
            new AssistantEvent { Text = "Because " },
            new AssistantEvent { Text = "of zero." },
            new AssistantEvent { Completion = new Completion { Model = "m", InputTokens = 5, OutputTokens = 2 } },
        ];

        using var reader = await EventReader.PostAsync(gateway, "/api/v1/ai/explain", """
            {
              "program": { "language": "python", "files": [{ "path": "main.py", "content": "1/0" }], "entryPoint": "main.py", "stdin": "s", "arguments": ["a"] },
              "lastRun": { "outcome": "nonzeroExit", "compilerOutput": "c", "stdout": { "base64": "Yf8=" }, "stderr": "e", "exitCode": 1, "message": "m" },
              "question": "Why?", "locale": "de"
            }
            """);
        var all = await reader.AllAsync();

        Assert.Equal(
            new ExplainRequest
            {
                Program = new OnlineCompiler.Ai.V1.Program
                {
                    Language = "python",
                    Files = { new ProgramFile { Path = "main.py", Content = "1/0" } },
                    EntryPoint = "main.py",
                    Stdin = "s",
                    Arguments = { "a" },
                },
                LastRun = new RunReport { Outcome = "NONZERO_EXIT", CompilerOutput = "c", Stdout = "a\ufffd", Stderr = "e", ExitCode = 1, Message = "m" },
                Question = "Why?",
                Locale = "de",
            },
            gateway.Services.Assistant.LastExplain);
        Assert.Equal(["text", "text", "completion"], all.Select(item => item.Name));
        AssertJson("""{"text":"of zero."}""", all[1].Data);
        AssertJson("""{"model":"m","inputTokens":5,"outputTokens":2}""", all[2].Data);
    }

    [Fact]
    public async Task A_fix_comes_with_its_files_and_its_proof()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Assistant.Events =
        [
            new AssistantEvent { Fixed = new FixedProgram { Files = { new ProgramFile { Path = "main.py", Content = "print(1)" } } } },
            new AssistantEvent { Proof = new Proof { Passed = true, Run = new RunReport { Outcome = "CPU_TIME_LIMIT", Stdout = "1\n", ExitCode = 0 } } },
        ];

        using var reader = await EventReader.PostAsync(gateway, "/api/v1/ai/fix", """
            {"program":{"language":"python","files":[{"path":"main.py","content":"x"}]},"instruction":"print 1"}
            """);
        var all = await reader.AllAsync();

        Assert.Equal("print 1", gateway.Services.Assistant.LastFix!.Instruction);
        Assert.Null(gateway.Services.Assistant.LastFix.LastRun);
        AssertJson("""{"files":[{"path":"main.py","content":"print(1)"}]}""", all[0].Data);
        AssertJson(
            """{"passed":true,"run":{"outcome":"cpuTimeLimit","compilerOutput":"","stdout":"1\n","stderr":"","exitCode":0,"message":null}}""", all[1].Data);
    }

    [Theory]
    [InlineData("some-model", """{"model":"some-model"}""")]
    [InlineData("", """{"model":null}""")]
    public async Task Whether_there_is_an_assistant_is_told_without_asking_it(string model, string answer)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Assistant.Model = model;

        AssertJson(answer, JsonNode.Parse(await gateway.Http.GetStringAsync("/api/v1/ai", TestContext.Current.CancellationToken))!);
        Assert.Null(gateway.Services.Assistant.LastExplain);
    }

    [Theory]
    [InlineData("explain")]
    [InlineData("fix")]
    public async Task Without_a_model_the_setting_is_named(string action)
    {
        await using var gateway = await TestGateway.StartAsync();
        var missing = new PreconditionFailure { Violations = { new PreconditionFailure.Types.Violation { Type = "SETTING_MISSING", Subject = "Ai:ApiKey" } } };
        gateway.Services.Assistant.Failure =
            new Google.Rpc.Status { Code = (int)Code.FailedPrecondition, Message = "Set Ai:ApiKey.", Details = { Any.Pack(missing) } }.ToRpcException();

        var problem = await (await gateway.PostAsync($"/api/v1/ai/{action}", Smallest)).ProblemAsync(HttpStatusCode.ServiceUnavailable, "ai-not-configured");

        Assert.Equal("Set Ai:ApiKey.", (string?)problem["detail"]);
    }

    [Fact]
    public async Task A_provider_that_limits_us_says_when_to_come_back()
    {
        await using var gateway = await TestGateway.StartAsync();
        var retry = new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(20)) };
        gateway.Services.Assistant.Failure =
            new Google.Rpc.Status { Code = (int)Code.ResourceExhausted, Message = "later", Details = { Any.Pack(retry) } }.ToRpcException();

        var response = await gateway.PostAsync("/api/v1/ai/explain", Smallest);

        await response.ProblemAsync(HttpStatusCode.TooManyRequests, "busy");
        Assert.Equal(TimeSpan.FromSeconds(20), response.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData("{}", "program")]
    [InlineData("""{"program":{}}""", "program.language")]
    [InlineData("""{"program":{"language":"c","files":[{"path":"a"}]}}""", "program.files[0].content")]
    public async Task What_is_missing_is_named(string body, string field)
    {
        await using var gateway = await TestGateway.StartAsync();

        var problem = await (await gateway.PostAsync("/api/v1/ai/fix", body)).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request");

        Assert.Equal(["Required."], problem.Messages(field));
    }

    private static void AssertJson(string expected, JsonNode actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
}
