using System.Net;
using System.Text.Json.Nodes;
using Google.Protobuf;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Tests.Services;

namespace OnlineCompiler.Gateway.Tests;

public sealed class ExecutionTests
{
    private const string Path = "/api/v1/executions";
    private const string Smallest = """{"language":"python","files":[{"path":"main.py","content":"x"}]}""";

    [Fact]
    public async Task Every_member_of_the_body_reaches_the_service()
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await gateway.PostAsync(Path, """
            {
              "language": "cpp", "version": "^12",
              "files": [{ "path": "main.cpp", "content": "int main(){}" }, { "path": "data.bin", "content": { "base64": "AP8=" } }],
              "entryPoint": "main.cpp", "compilerArguments": ["-O2"], "arguments": ["a", "b c"],
              "environment": { "LANG": "C", "EMPTY": "" }, "stdin": "é\n",
              "limits": { "wallTimeMs": 1, "cpuTimeMs": 2, "memoryBytes": 3, "processes": 4, "outputBytes": 5, "workspaceBytes": 6,
                          "compileWallTimeMs": 7, "compileMemoryBytes": 8 },
              "collect": ["*.png", "**/*.txt"]
            }
            """);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var request = gateway.Services.Execution.LastRequest!;
        Assert.Matches("^[A-Za-z0-9_-]{1,64}$", request.RequestId);
        Assert.StartsWith("anonymous:", request.Caller, StringComparison.Ordinal);
        request.RequestId = request.Caller = "";
        Assert.Equal(
            new ExecuteRequest
            {
                Language = "cpp",
                Version = "^12",
                Files =
                {
                    new SourceFile { Path = "main.cpp", Content = ByteString.CopyFromUtf8("int main(){}") },
                    new SourceFile { Path = "data.bin", Content = ByteString.CopyFrom(0, 255) },
                },
                EntryPoint = "main.cpp",
                CompilerArguments = { "-O2" },
                Arguments = { "a", "b c" },
                Environment = { ["LANG"] = "C", ["EMPTY"] = "" },
                Stdin = ByteString.CopyFromUtf8("é\n"),
                Limits = new Limits
                {
                    WallTimeLimitMs = 1,
                    CpuTimeLimitMs = 2,
                    MemoryLimitBytes = 3,
                    ProcessLimit = 4,
                    OutputLimitBytes = 5,
                    WorkspaceLimitBytes = 6,
                    CompileWallTimeLimitMs = 7,
                    CompileMemoryLimitBytes = 8,
                },
                Collect = { "*.png", "**/*.txt" },
            },
            request);
    }

    [Fact]
    public async Task Every_field_of_the_answer_reaches_the_client()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnExecute = _ => Task.FromResult(new ExecuteResponse
        {
            RequestId = "run-1",
            Language = "cpp",
            Version = "12.2.0",
            Outcome = Outcome.Signaled,
            Compile = new StageResult { Outcome = Outcome.Succeeded, ExitCode = 0, Stderr = ByteString.CopyFromUtf8("warning: <ü>"), Diagnostics = { new Diagnostic { File = "main.cpp", Line = 3, Column = 5, Severity = Severity.Warning, Message = "<ü>" } }, Cached = true },
            Run = new StageResult
            {
                Outcome = Outcome.Signaled,
                Signal = "SIGSEGV",
                Stdout = ByteString.CopyFrom(0x61, 0xff),
                StderrTruncated = true,
                WallTimeMs = 6.1,
                UserCpuTimeMs = 0.1,
                SystemCpuTimeMs = 0.2,
                MemoryPeakBytes = 9_437_184,
                Message = "Segmentation fault",
                Diagnostics = { new Diagnostic { File = "a/b.cpp", Line = 7, Severity = Severity.Error, Message = "" } },
            },
            Artifacts =
            {
                new Artifact { Path = "a.txt", Content = ByteString.CopyFromUtf8("text"), MediaType = "text/plain" },
                new Artifact { Path = "b.png", Content = ByteString.CopyFrom(0x89), MediaType = "image/png" },
            },
        });

        var answer = await (await gateway.PostAsync(Path, Smallest)).JsonAsync();

        Assert.True(JsonNode.DeepEquals(answer, JsonNode.Parse("""
            {
              "id": "run-1", "language": "cpp", "version": "12.2.0", "outcome": "signaled",
              "compile": { "outcome": "succeeded", "exitCode": 0, "signal": null, "stdout": "", "stderr": "warning: <ü>", "truncated": false,
                           "wallTimeMs": 0, "cpuTimeMs": 0, "memoryPeakBytes": 0, "message": null,
                           "cached": true, "diagnostics": [{ "file": "main.cpp", "line": 3, "column": 5, "severity": "warning", "message": "<ü>" }] },
              "run": { "outcome": "signaled", "exitCode": null, "signal": "SIGSEGV", "stdout": { "base64": "Yf8=" }, "stderr": "", "truncated": true,
                       "wallTimeMs": 6.1, "cpuTimeMs": 0.3, "memoryPeakBytes": 9437184, "message": "Segmentation fault",
                       "diagnostics": [{ "file": "a/b.cpp", "line": 7, "severity": "error", "message": "" }] },
              "artifacts": [{ "path": "a.txt", "mediaType": "text/plain", "content": "text" }, { "path": "b.png", "mediaType": "image/png", "content": { "base64": "iQ==" } }]
            }
            """)), answer.ToJsonString());
    }

    [Fact]
    public async Task A_stage_that_did_not_run_is_null()
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await (await gateway.PostAsync(Path, Smallest)).JsonAsync();

        Assert.Null(answer["compile"]);
        Assert.Equal("42\n", (string?)answer["run"]!["stdout"]);
        Assert.Empty(answer["artifacts"]!.AsArray());
    }

    [Theory]
    [InlineData(Outcome.Succeeded, "succeeded")]
    [InlineData(Outcome.NonzeroExit, "nonzeroExit")]
    [InlineData(Outcome.Signaled, "signaled")]
    [InlineData(Outcome.WallTimeLimit, "wallTimeLimit")]
    [InlineData(Outcome.CpuTimeLimit, "cpuTimeLimit")]
    [InlineData(Outcome.MemoryLimit, "memoryLimit")]
    [InlineData(Outcome.OutputLimit, "outputLimit")]
    [InlineData(Outcome.WorkspaceLimit, "workspaceLimit")]
    [InlineData(Outcome.Cancelled, "cancelled")]
    internal async Task Every_outcome_has_its_name(Outcome outcome, string name)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnExecute = _ => Task.FromResult(new ExecuteResponse { Outcome = outcome });

        var answer = await (await gateway.PostAsync(Path, Smallest)).JsonAsync();

        Assert.Equal(name, (string?)answer["outcome"]);
    }

    [Theory]
    [InlineData(Isolation.Full, null)]
    [InlineData(Isolation.WithoutCgroups, "withoutCgroups")]
    [InlineData(Isolation.Process, "process")]
    [InlineData(Isolation.Task, "task")]
    internal async Task A_weaker_sandbox_is_marked_in_the_answer(Isolation isolation, string? mark)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnExecute = _ => Task.FromResult(new ExecuteResponse { Isolation = isolation });

        var answer = await (await gateway.PostAsync(Path, Smallest)).JsonAsync();

        Assert.Equal(mark, (string?)answer["isolation"]);
        Assert.Equal(mark is not null, answer.AsObject().ContainsKey("isolation"));
    }

    [Fact]
    public async Task Text_is_not_escaped_more_than_JSON_needs()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnExecute = _ => Task.FromResult(FakeExecution.Answer("python", "<b>é 日本</b>\n"));

        var text = await (await gateway.PostAsync(Path, Smallest)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains("\"<b>é 日本</b>\\n\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_largest_request_passes()
    {
        await using var gateway = await TestGateway.StartAsync();
        var megabyte = Convert.ToBase64String(new byte[1024 * 1024]);
        var files = string.Join(',', Enumerable.Range(0, 4).Select(i => $$$"""{"path":"{{{i}}}","content":{"base64":"{{{megabyte}}}"}}"""));
        var stdin = Convert.ToBase64String(new byte[4 * 1024 * 1024]);

        var response = await gateway.PostAsync(Path, $$$"""{"language":"python","files":[{{{files}}}],"stdin":{"base64":"{{{stdin}}}"}}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(4 * 1024 * 1024, gateway.Services.Execution.LastRequest!.Stdin.Length);
    }
}
