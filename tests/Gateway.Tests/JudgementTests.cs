using System.Net;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Tests.Services;

namespace OnlineCompiler.Gateway.Tests;

public sealed class JudgementTests
{
    private const string Path = "/api/v1/judgements";
    private const string Program = """{"language":"python","files":[{"path":"main.py","content":"x"}]}""";
    private static readonly string Smallest = Judgement("{}");
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Every_member_of_the_body_reaches_the_service()
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await gateway.PostAsync(Path, """
            {
              "program": { "language": "cpp", "version": "^12", "files": [{ "path": "main.cpp", "content": "int main(){}" }], "entryPoint": "main.cpp",
                           "compilerArguments": ["-O2"], "environment": { "LANG": "C" }, "limits": { "cpuTimeMs": 2, "compileWallTimeMs": 7 } },
              "tests": [
                { "id": "one", "input": "é", "expectedOutput": { "base64": "AP8=" }, "arguments": ["a"], "limits": { "wallTimeMs": 1 }, "points": 0.5, "hidden": true },
                { "points": 0 }
              ],
              "comparison": { "mode": "numbers", "ignoreCase": true, "absoluteTolerance": 0, "relativeTolerance": 1e-9 },
              "stopAtFirstFailure": true
            }
            """);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var request = gateway.Services.Execution.LastJudgement!;
        Assert.Matches("^[A-Za-z0-9_-]{1,64}$", request.Program.RequestId);
        Assert.StartsWith("anonymous:", request.Program.Caller, StringComparison.Ordinal);
        request.Program.RequestId = request.Program.Caller = "";
        Assert.Equal(
            new JudgeRequest
            {
                Program = new ExecuteRequest
                {
                    Language = "cpp",
                    Version = "^12",
                    Files = { new SourceFile { Path = "main.cpp", Content = ByteString.CopyFromUtf8("int main(){}") } },
                    EntryPoint = "main.cpp",
                    CompilerArguments = { "-O2" },
                    Environment = { ["LANG"] = "C" },
                    Limits = new Limits { CpuTimeLimitMs = 2, CompileWallTimeLimitMs = 7 },
                },
                Tests =
                {
                    new JudgeTest
                    {
                        Id = "one",
                        Input = ByteString.CopyFromUtf8("é"),
                        ExpectedOutput = ByteString.CopyFrom(0, 255),
                        Arguments = { "a" },
                        Limits = new Limits { WallTimeLimitMs = 1 },
                        Points = 0.5,
                        Hidden = true,
                    },
                    new JudgeTest { Points = 0 },
                },
                Comparison = new Comparison { Mode = Comparison.Types.Mode.Numbers, IgnoreCase = true, AbsoluteTolerance = 0, RelativeTolerance = 1e-9 },
                StopAtFirstFailure = true,
            },
            request);
    }

    [Theory]
    [InlineData("checker", JudgeRequest.JudgeOneofCase.Checker)]
    [InlineData("interactor", JudgeRequest.JudgeOneofCase.Interactor)]
    internal async Task A_checker_or_an_interactor_reaches_the_service(string member, JudgeRequest.JudgeOneofCase judge)
    {
        await using var gateway = await TestGateway.StartAsync();

        await gateway.PostAsync(Path, Judgement("{}", $""","{member}":{Program.Replace("python", "c", StringComparison.Ordinal)}"""));

        var request = gateway.Services.Execution.LastJudgement!;
        Assert.Equal(judge, request.JudgeCase);
        Assert.Equal("c", (request.Checker ?? request.Interactor).Language);
    }

    [Fact]
    public async Task Every_field_of_the_answer_reaches_the_client_in_the_order_of_the_tests()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnJudge = WriteAllAsync;

        var answer = await (await gateway.PostAsync(Path, Smallest)).JsonAsync();

        AssertJson("""
            {
              "id": "run-1", "language": "cpp", "version": "12.2.0", "verdict": "wrongAnswer", "score": 0.5, "points": 2,
              "accepted": 0, "failed": 1, "skipped": 1, "message": null,
              "compiled": [{ "part": "program", "result": { "outcome": "succeeded", "exitCode": 0, "signal": null, "stdout": "", "stderr": "warning", "truncated": false,
                             "wallTimeMs": 0, "cpuTimeMs": 0, "memoryPeakBytes": 0, "message": null } }],
              "tests": [
                { "index": 0, "id": "one", "verdict": "wrongAnswer", "score": 0.5, "points": 1, "message": "Line 1", "hidden": false,
                  "run": { "outcome": "succeeded", "exitCode": 0, "signal": null, "stdout": { "base64": "/w==" }, "stderr": "", "truncated": true,
                           "wallTimeMs": 6.1, "cpuTimeMs": 0.3, "memoryPeakBytes": 7, "message": null } },
                { "index": 1, "id": "two", "verdict": "skipped", "score": 0, "points": 1, "message": null, "hidden": true, "run": null }
              ]
            }
            """, answer);
    }

    [Fact]
    public async Task Events_come_as_they_happen()
    {
        await using var gateway = await TestGateway.StartAsync();
        var seen = new SemaphoreSlim(0);
        gateway.Services.Execution.OnJudge = async (request, events, context) =>
        {
            await events.WriteAsync(new JudgeEvent { Accepted = new Accepted { RequestId = "run-1", Language = "cpp", Version = "12.2.0" } });
            // The rest only after the first was seen at the other end.
            await seen.WaitAsync(context.CancellationToken);
            await WriteAllAsync(request, events, context);
        };

        using var reader = await EventReader.PostAsync(gateway, Path + "/stream", Smallest);
        var first = (await reader.NextAsync().WaitAsync(Soon, TestContext.Current.CancellationToken))!.Value;
        seen.Release();
        var rest = await reader.AllAsync();

        Assert.Equal("accepted", first.Name);
        AssertJson("""{"id":"run-1","language":"cpp","version":"12.2.0"}""", first.Data);
        Assert.Equal(["compiled", "test", "test", "result"], rest.Select(item => item.Name));
        Assert.Equal("program", (string?)rest[0].Data["part"]);
        AssertJson("""{"index":1,"id":"two","verdict":"skipped","score":0,"points":1,"message":null,"hidden":true,"run":null}""", rest[1].Data);
        AssertJson("""
            {"id":"run-1","language":"cpp","version":"12.2.0","verdict":"wrongAnswer","score":0.5,"points":2,"accepted":0,"failed":1,"skipped":1,"message":null}
            """, rest[3].Data);
    }

    [Fact]
    public async Task A_client_that_leaves_ends_the_judgement()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnJudge = async (_, events, context) =>
        {
            await events.WriteAsync(new JudgeEvent { Accepted = new Accepted() });
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        };

        var reader = await EventReader.PostAsync(gateway, Path + "/stream", Smallest);
        await reader.NextAsync();
        reader.Dispose();

        await gateway.Services.Execution.Cancelled.Task.WaitAsync(Soon, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("{}", "program,tests")]
    [InlineData("""{"program":{},"tests":[]}""", "program.files,program.language,tests")]
    [InlineData("""{"program":{"language":"c","files":[{"path":"a","content":"x"}],"limits":{"cpuTimeMs":0}},"tests":[null,{"arguments":[null],"limits":{"wallTimeMs":0}}]}""",
        "program.limits.cpuTimeMs,tests[0],tests[1].arguments[0],tests[1].limits.wallTimeMs")]
    [InlineData("""{"program":{"language":"c","files":[null]},"tests":[{}],"comparison":{},"checker":{"language":"c"}}""",
        "checker,checker.files,program.files[0].content,program.files[0].path")]
    public async Task What_is_missing_is_named_with_its_place(string body, string fields)
    {
        await using var gateway = await TestGateway.StartAsync();

        var problem = await (await gateway.PostAsync(Path, body)).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request");

        Assert.Equal(fields.Split(','), problem["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal));
        Assert.Equal(0, gateway.Services.Execution.JudgeCalls);
    }

    [Theory]
    [InlineData("""{"tests":[{"stdin":"x"}]}""", "tests[0].stdin")]
    [InlineData("""{"tests":[{"hidden":"yes"}]}""", "true or false")]
    [InlineData("""{"tests":[{"points":"1"}]}""", "a number")]
    [InlineData("""{"comparison":{"mode":"fuzzy"}}""", "noWhiteSpace")]
    public async Task What_is_not_the_expected_JSON_is_told(string body, string told)
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await gateway.PostAsync(Path, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(told, (await response.JsonAsync()).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("program.limits.wall_time_limit_ms", "program.limits.wallTimeMs")]
    [InlineData("tests[3].limits.memory_limit_bytes", "tests[3].limits.memoryBytes")]
    [InlineData("tests[0].expected_output", "tests[0].expectedOutput")]
    [InlineData("checker.files[0].path", "checker.files[0].path")]
    [InlineData("comparison.absolute_tolerance", "comparison.absoluteTolerance")]
    public async Task What_the_service_refuses_is_named_as_in_the_body(string field, string member)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnJudge = (_, _, _) => throw new Google.Rpc.Status
        {
            Code = (int)Code.InvalidArgument,
            Details = { Google.Protobuf.WellKnownTypes.Any.Pack(new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = field, Description = "is wrong" } } }) },
        }.ToRpcException();

        foreach (var path in new[] { Path, Path + "/stream" })
        {
            var problem = await (await gateway.PostAsync(path, Smallest)).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request");
            Assert.Equal(["is wrong"], problem.Messages(member));
        }
    }

    [Fact]
    public async Task A_full_queue_is_429()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnJudge = (_, _, _) => throw new RpcException(new Grpc.Core.Status(StatusCode.ResourceExhausted, "full"));

        await (await gateway.PostAsync(Path, Smallest)).ProblemAsync(HttpStatusCode.TooManyRequests, "busy");
    }

    [Fact]
    public async Task The_largest_judgement_passes()
    {
        await using var gateway = await TestGateway.StartAsync();
        var tests = string.Join(',', Enumerable.Repeat($$$"""{"input":{"base64":"{{{Convert.ToBase64String(new byte[4 * 1024 * 1024])}}}"}}""", 4));

        var response = await gateway.PostAsync(Path, Judgement(tests));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(16 * 1024 * 1024, gateway.Services.Execution.LastJudgement!.Tests.Sum(test => test.Input.Length));
    }

    private static string Judgement(string tests, string more = "") => $$"""{"program":{{Program}},"tests":[{{tests}}]{{more}}}""";

    private static async Task WriteAllAsync(JudgeRequest request, IServerStreamWriter<JudgeEvent> events, ServerCallContext context)
    {
        await events.WriteAsync(new JudgeEvent
        {
            Compiled = new JudgeCompiled { Part = JudgePart.Program, Result = new StageResult { Outcome = Outcome.Succeeded, ExitCode = 0, Stderr = ByteString.CopyFromUtf8("warning") } },
        });
        await events.WriteAsync(new JudgeEvent { TestFinished = new JudgeTestResult { Index = 1, Id = "two", Verdict = Verdict.Skipped, Points = 1, Hidden = true } });
        await events.WriteAsync(new JudgeEvent
        {
            TestFinished = new JudgeTestResult
            {
                Index = 0,
                Id = "one",
                Verdict = Verdict.WrongAnswer,
                Score = 0.5,
                Points = 1,
                Message = "Line 1",
                Run = new StageResult
                {
                    Outcome = Outcome.Succeeded,
                    ExitCode = 0,
                    Stdout = ByteString.CopyFrom(255),
                    StdoutTruncated = true,
                    WallTimeMs = 6.1,
                    UserCpuTimeMs = 0.1,
                    SystemCpuTimeMs = 0.2,
                    MemoryPeakBytes = 7,
                },
            },
        });
        await events.WriteAsync(new JudgeEvent
        {
            Result = new JudgeResult
            {
                RequestId = "run-1",
                Language = "cpp",
                Version = "12.2.0",
                Verdict = Verdict.WrongAnswer,
                Score = 0.5,
                Points = 2,
                FailedCount = 1,
                SkippedCount = 1,
                Isolation = Isolation.Full,
            },
        });
    }

    private static void AssertJson(string expected, JsonNode actual) => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
}
