using System.Net;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using OnlineCompiler.Ai.V1;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Tests.Services;

namespace OnlineCompiler.Gateway.Tests.Mcp;

/// <summary>What agents see, by the protocol's own client.</summary>
public sealed class McpTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tools_describe_themselves_with_schemas_of_input_and_output()
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var client = await Agent.ConnectAsync(gateway);

        var tools = await client.ListToolsAsync(cancellationToken: Token);

        Assert.Equal(["explain_error", "judge", "list_languages", "run_code"], tools.Select(tool => tool.Name).Order());
        Assert.Equal("onlinecompiler", client.ServerInfo?.Name);
        Assert.NotEmpty(client.ServerInstructions!);
        foreach (var tool in tools)
        {
            Assert.NotEmpty(tool.Description);
            Assert.Equal("object", tool.JsonSchema.GetProperty("type").GetString());
            Assert.Equal("object", tool.ReturnJsonSchema!.Value.GetProperty("type").GetString());
        }
        Assert.Equal(["language"], Required("run_code"));
        Assert.Equal(["language", "tests"], Required("judge"));
        Assert.All(
            tools.SelectMany(tool => tool.JsonSchema.GetProperty("properties").EnumerateObject()),
            property => Assert.NotEmpty(property.Value.GetProperty("description").GetString()!));

        IEnumerable<string?> Required(string name) =>
            tools.Single(tool => tool.Name == name).JsonSchema.GetProperty("required").EnumerateArray().Select(required => required.GetString());
    }

    [Fact]
    public async Task A_program_is_run_as_its_own_file_and_told_with_all_that_it_did()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnStream = async (_, events, _) =>
        {
            await events.WriteAsync(new ExecuteEvent { Accepted = new Accepted { RequestId = "run-1", Language = "python", Version = "3.11.2" } });
            await events.WriteAsync(new ExecuteEvent { StageStarted = new StageStarted { Stage = Stage.Run } });
            // Half a character each.
            await events.WriteAsync(FakeExecution.Output(0xc3));
            await events.WriteAsync(FakeExecution.Output(0xbc, (byte)'\n'));
            await events.WriteAsync(FakeExecution.Output(Output.Types.Stream.Stderr, (byte)'e'));
            await events.WriteAsync(new ExecuteEvent { Result = Result(Outcome.NonzeroExit, exitCode: 3) });
        };
        await using var client = await Agent.ConnectAsync(gateway);

        var result = await client.CallToolAsync(
            "run_code",
            new Dictionary<string, object?> { ["language"] = "py", ["code"] = "print('ü')", ["stdin"] = "x\n", ["arguments"] = (string[])["a b"], ["wallTimeMs"] = 500 },
            cancellationToken: Token);

        var answer = Agent.AnswerOf(result);
        Assert.Equal(("nonzeroExit", 3, "ü\n", "e"), ((string?)answer["outcome"], (int?)answer["exitCode"], (string?)answer["stdout"], (string?)answer["stderr"]));
        Assert.Equal((7.5, 4.0, 1234UL), ((double?)answer["wallTimeMs"], (double?)answer["cpuTimeMs"], (ulong?)answer["memoryPeakBytes"]));
        Assert.Equal(answer.ToJsonString(), JsonNode.Parse(Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text)!.ToJsonString());
        var request = gateway.Services.Execution.LastRequest!;
        Assert.Equal(("py", "main.py", "print('ü')", "x\n"), (request.Language, Assert.Single(request.Files).Path, request.Files[0].Content.ToStringUtf8(), request.Stdin.ToStringUtf8()));
        Assert.Equal((["a b"], 500u, 0ul), (request.Arguments, request.Limits.WallTimeLimitMs, request.Limits.MemoryLimitBytes));
        Assert.StartsWith("anonymous:", request.Caller, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_tells_each_stage_as_it_begins()
    {
        await using var gateway = await TestGateway.StartAsync();
        var told = new List<ProgressNotificationValue>();
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Services.Execution.OnStream = async (_, events, _) =>
        {
            await events.WriteAsync(new ExecuteEvent { Accepted = new Accepted { RequestId = "run-1", Language = "cpp", Version = "12.2.0" } });
            await events.WriteAsync(new ExecuteEvent { StageStarted = new StageStarted { Stage = Stage.Compile } });
            await events.WriteAsync(new ExecuteEvent { StageStarted = new StageStarted { Stage = Stage.Run } });
            // It goes on only when the client has heard of it.
            await running.Task.WaitAsync(TimeSpan.FromSeconds(30));
            await events.WriteAsync(new ExecuteEvent { Result = Result(Outcome.Succeeded, exitCode: 0) });
        };
        await using var client = await Agent.ConnectAsync(gateway);

        await client.CallToolAsync("run_code", Program, new Agent.Listener(value =>
        {
            lock (told)
            {
                told.Add(value);
                if (told.Count == 3)
                    running.TrySetResult();
            }
        }), cancellationToken: Token);

        // The client hands them on side by side.
        lock (told)
            Assert.Equal(["Accepted for cpp 12.2.0", "Compiling", "Running"], told.OrderBy(value => value.Progress).Select(value => value.Message));
    }

    [Fact]
    public async Task Files_that_were_asked_for_come_as_pictures_texts_and_bytes()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnStream = async (_, events, _) =>
        {
            await events.WriteAsync(Collected("a b/plot.png", "image/png", [1, 2]));
            await events.WriteAsync(Collected("table.csv", "text/csv", "x,y"u8.ToArray()));
            await events.WriteAsync(Collected("data.bin", "application/octet-stream", [0xff]));
            await events.WriteAsync(new ExecuteEvent { Result = Result(Outcome.Succeeded, exitCode: 0) });
        };
        await using var client = await Agent.ConnectAsync(gateway);

        var result = await client.CallToolAsync("run_code", new Dictionary<string, object?>(Program) { ["collect"] = (string[])["**"] }, cancellationToken: Token);

        Assert.Equal(["**"], gateway.Services.Execution.LastRequest!.Collect);
        Assert.Equal(["a b/plot.png", "table.csv", "data.bin"], Agent.AnswerOf(result)["artifacts"]!.AsArray().Select(artifact => (string?)artifact!["path"]));
        var picture = Assert.IsType<ImageContentBlock>(result.Content[1]);
        Assert.Equal("image/png", picture.MimeType);
        Assert.Equal([1, 2], picture.DecodedData.ToArray());
        var text = Assert.IsType<TextResourceContents>(Assert.IsType<EmbeddedResourceBlock>(result.Content[2]).Resource);
        Assert.Equal(("workspace:///table.csv", "text/csv", "x,y"), (text.Uri, text.MimeType, text.Text));
        var bytes = Assert.IsType<BlobResourceContents>(Assert.IsType<EmbeddedResourceBlock>(result.Content[3]).Resource);
        Assert.Equal("workspace:///data.bin", bytes.Uri);
        Assert.Equal([0xff], bytes.DecodedData.ToArray());
    }

    [Fact]
    public async Task Wrong_input_is_told_to_the_model_by_field()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnStream = (_, _, _) => throw new Google.Rpc.Status
        {
            Code = (int)Code.InvalidArgument,
            Message = "language: no such language",
            Details = { Google.Protobuf.WellKnownTypes.Any.Pack(new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = "language", Description = "is not known" } } }) },
        }.ToRpcException();
        await using var client = await Agent.ConnectAsync(gateway);

        Assert.Contains("language: is not known", await Agent.ErrorAsync(client, "run_code", Program), StringComparison.Ordinal);
        Assert.Contains("code: Give the program", await Agent.ErrorAsync(client, "run_code", new() { ["language"] = "python" }), StringComparison.Ordinal);
        Assert.Contains(
            "limits.wallTimeMs: Leave it out", await Agent.ErrorAsync(client, "run_code", new(Program) { ["wallTimeMs"] = 0 }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_busy_or_away_is_told_to_the_model()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnStream = (_, _, _) => throw new RpcException(new Grpc.Core.Status(StatusCode.ResourceExhausted, "The queue is full."));
        await using var client = await Agent.ConnectAsync(gateway);

        Assert.Contains("Try again in 1 s.", await Agent.ErrorAsync(client, "run_code", Program), StringComparison.Ordinal);
        gateway.Services.Execution.OnStream = (_, _, _) => Task.CompletedTask;
        Assert.Contains("not available", await Agent.ErrorAsync(client, "run_code", Program), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_leaves_stops_its_program()
    {
        await using var gateway = await TestGateway.StartAsync();
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Services.Execution.OnStream = async (_, _, context) =>
        {
            running.SetResult();
            await Task.Delay(Timeout.Infinite, context.CancellationToken).ContinueWith(_ => gateway.Services.Execution.Cancelled.TrySetResult(), TaskScheduler.Default);
        };
        await using var client = await Agent.ConnectAsync(gateway);
        using var leaving = new CancellationTokenSource();

        var call = client.CallToolAsync("run_code", Program, cancellationToken: leaving.Token).AsTask();
        await running.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await gateway.Services.Execution.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    [Fact]
    public async Task Installed_languages_are_listed_and_found_by_a_part_of_their_names()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.Languages.Languages.Add(new Language { Id = "lua", Name = "Lua", Version = "5.4", Versions = { "5.4" }, Installed = true, EntryPoint = "main.lua", Libraries = { new Library { Name = "lpeg", Version = "1.0" } } });
        gateway.Services.Execution.Languages.Languages.Add(new Language { Id = "ada", Name = "Ada" });
        await using var client = await Agent.ConnectAsync(gateway);

        var all = Agent.AnswerOf(await client.CallToolAsync("list_languages", cancellationToken: Token));
        var found = Agent.AnswerOf(await client.CallToolAsync("list_languages", new Dictionary<string, object?> { ["query"] = "LU" }, cancellationToken: Token));

        Assert.Equal(["python", "lua"], all["languages"]!.AsArray().Select(language => (string?)language!["id"]));
        var lua = Assert.Single(found["languages"]!.AsArray())!;
        Assert.Equal(("lua", "5.4", "main.lua", "lpeg 1.0"), ((string?)lua["id"], (string?)lua["version"], (string?)lua["entryPoint"], (string?)lua["libraries"]![0]));
    }

    [Fact]
    public async Task An_error_is_explained_by_the_assistant_or_there_is_none()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Assistant.Events =
            [new AssistantEvent { Text = "It divides " }, new AssistantEvent { Text = "by zero." }, new AssistantEvent { Completion = new Ai.V1.Completion { Model = "example" } }];
        await using var client = await Agent.ConnectAsync(gateway);
        var arguments = new Dictionary<string, object?>(Program) { ["error"] = "ZeroDivisionError", ["question"] = "Why?" };

        var answer = Agent.AnswerOf(await client.CallToolAsync("explain_error", arguments, cancellationToken: Token));

        Assert.Equal(("It divides by zero.", "example"), ((string?)answer["text"], (string?)answer["model"]));
        var request = gateway.Services.Assistant.LastExplain!;
        Assert.Equal(("python", "main.py", "x", "ZeroDivisionError", "Why?"), (request.Program.Language, request.Program.Files[0].Path, request.Program.Files[0].Content, request.LastRun.Stderr, request.Question));

        gateway.Services.Assistant.Events = [];
        gateway.Services.Assistant.Failure = new Google.Rpc.Status
        {
            Code = (int)Code.FailedPrecondition,
            Message = "Ai:ApiKey is not set.",
            Details = { Google.Protobuf.WellKnownTypes.Any.Pack(new PreconditionFailure { Violations = { new PreconditionFailure.Types.Violation { Type = "SETTING_MISSING", Subject = "Ai:ApiKey" } } }) },
        }.ToRpcException();
        Assert.StartsWith("No model is configured.", await Agent.ErrorAsync(client, "explain_error", arguments), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agents_share_the_limits_of_all_callers()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:RateLimits:RunBurst", "1"), ("Gateway:RateLimits:RunsPerSecond", "1"));

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var response = await gateway.PostAsync("/mcp", "{}");
            answers.Add(response.StatusCode);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
    }

    private static Dictionary<string, object?> Program => new() { ["language"] = "python", ["code"] = "x" };

    private static ExecuteResponse Result(Outcome outcome, int exitCode) => new()
    {
        RequestId = "run-1",
        Language = "python",
        Version = "3.11.2",
        Outcome = outcome,
        Run = new StageResult { Outcome = outcome, ExitCode = exitCode, WallTimeMs = 7.5, UserCpuTimeMs = 3, SystemCpuTimeMs = 1, MemoryPeakBytes = 1234 },
    };

    private static ExecuteEvent Collected(string path, string mediaType, byte[] content) =>
        new() { Artifact = new Artifact { Path = path, MediaType = mediaType, Content = ByteString.CopyFrom(content) } };
}
