using System.Net.WebSockets;
using System.Text.Json.Nodes;
using OnlineCompiler.Cli.Tests.Server;
using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Tests.Client;

public sealed class InteractiveTests
{
    private static readonly ExecutionRequest Program = new("python", new SourceFile("main.py", "print(1)"));

    [Fact]
    public async Task Everything_that_is_sent_arrives_as_its_frame()
    {
        await using var gateway = await FakeGateway.StartAsync();
        var frames = new List<string>();
        gateway.Converse = async run =>
        {
            while (frames.Count < 6 && await run.ReceiveAsync() is { } frame)
                frames.Add(frame.ToJsonString());
            await run.FinishAsync();
        };
        using var client = new OnlineCompilerClient(gateway.Address);
        await using var program = await client.ConnectAsync(Program, new TerminalSize(100, 30), TestContext.Current.CancellationToken);

        await program.SendInputAsync("Ada\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await program.SendInputAsync((byte[])[0xff], TestContext.Current.CancellationToken);
        await program.SendSignalAsync(ProgramSignal.Interrupt, TestContext.Current.CancellationToken);
        await program.SendSignalAsync(ProgramSignal.Kill, TestContext.Current.CancellationToken);
        await program.ResizeAsync(new TerminalSize(80, 24), TestContext.Current.CancellationToken);
        await program.EndInputAsync(TestContext.Current.CancellationToken);
        Assert.IsType<ResultEvent>(await program.ReadEventsAsync(TestContext.Current.CancellationToken).SingleAsync(TestContext.Current.CancellationToken));

        var expected = JsonNode.Parse("""
            { "type": "start", "execution": { "language": "python", "files": [{ "path": "main.py", "content": "print(1)" }] }, "terminal": { "columns": 100, "rows": 30 } }
            """);
        Assert.True(JsonNode.DeepEquals(expected, gateway.Runs.Single().Start), gateway.Runs.Single().Start.ToJsonString());
        Assert.Equal(
            [
                """{"data":"Ada\n","type":"stdin"}""", """{"data":{"base64":"/w=="},"type":"stdin"}""",
                """{"signal":"SIGINT","type":"signal"}""", """{"signal":"SIGKILL","type":"signal"}""",
                """{"columns":80,"rows":24,"type":"resize"}""", """{"type":"endOfInput"}""",
            ],
            frames);
        // The program has ended; nobody needs to know that before typing.
        await program.SendInputAsync("late"u8.ToArray(), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Much_input_is_sent_in_frames_that_the_service_takes()
    {
        var input = new byte[300_000];
        Random.Shared.NextBytes(input);
        await using var gateway = await FakeGateway.StartAsync();
        byte[] arrived = [];
        gateway.Converse = async run =>
        {
            arrived = await run.ReceiveInputAsync();
            await run.FinishAsync();
        };
        using var client = new OnlineCompilerClient(gateway.Address);
        await using var program = await client.ConnectAsync(Program, cancellationToken: TestContext.Current.CancellationToken);

        await program.SendInputAsync(input, TestContext.Current.CancellationToken);
        await program.EndInputAsync(TestContext.Current.CancellationToken);
        await program.ReadEventsAsync(TestContext.Current.CancellationToken).LastAsync(TestContext.Current.CancellationToken);

        Assert.Equal(input, arrived);
        Assert.Null(gateway.Runs.Single().Start["terminal"]);
    }

    [Fact]
    public async Task An_error_names_the_fields_as_the_request_does()
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Converse = async run =>
        {
            await run.SendAsync("""{"problem":{"type":"https://x/invalid-request","status":400,"title":"Wrong.","errors":{"execution.files[0].path":["bad"],"terminal.rows":["few"]}},"type":"error"}""");
            await run.CloseAsync((WebSocketCloseStatus)4400);
        };
        using var client = new OnlineCompilerClient(gateway.Address);
        await using var program = await client.ConnectAsync(Program, cancellationToken: TestContext.Current.CancellationToken);

        var problem = (await Assert.ThrowsAsync<OnlineCompilerException>(() => ReadToEndAsync(program))).Problem;

        Assert.Equal(["bad"], problem.Errors["files[0].path"]);
        Assert.Equal(["few"], problem.Errors["terminal.rows"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_ends_before_the_program_is_an_error(bool politely)
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Converse = async run =>
        {
            await run.StartRunAsync();
            if (politely)
                await run.CloseAsync(WebSocketCloseStatus.EndpointUnavailable);
            else
                run.Abort();
        };
        using var client = new OnlineCompilerClient(gateway.Address);
        await using var program = await client.ConnectAsync(Program, cancellationToken: TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<IOException>(() => ReadToEndAsync(program));
    }

    [Fact]
    public async Task A_refused_connection_tells_when_to_come_back()
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Refusal = 429;
        using var client = new OnlineCompilerClient(gateway.Address);

        var problem = (await Assert.ThrowsAsync<OnlineCompilerException>(() => client.ConnectAsync(Program, cancellationToken: TestContext.Current.CancellationToken))).Problem;

        Assert.Equal((429, TimeSpan.FromSeconds(5)), (problem.Status, problem.RetryDelay));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("""{"type":3}""")]
    [InlineData("""{"type":"output","stage":"run"}""")]
    [InlineData("nothing")]
    public async Task What_is_not_a_frame_is_recognized(string frame)
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Converse = run => run.SendAsync(frame);
        using var client = new OnlineCompilerClient(gateway.Address);
        await using var program = await client.ConnectAsync(Program, cancellationToken: TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<InvalidDataException>(() => ReadToEndAsync(program));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_leaves_before_the_end_closes_the_connection(bool byCancelling)
    {
        await using var gateway = await FakeGateway.StartAsync();
        gateway.Converse = async run =>
        {
            await run.StartRunAsync();
            await run.ReceiveAsync();
        };
        using var client = new OnlineCompilerClient(gateway.Address);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var program = await client.ConnectAsync(Program, cancellationToken: TestContext.Current.CancellationToken);
        await using var events = program.ReadEventsAsync(leaving.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await events.MoveNextAsync());
        Assert.True(await events.MoveNextAsync());

        if (byCancelling)
        {
            var next = events.MoveNextAsync();
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        }
        else
        {
            await program.DisposeAsync();
        }

        await gateway.Runs.Single().ExpectClientLeftAsync();
    }

    private static async Task ReadToEndAsync(InteractiveExecution program)
    {
        await foreach (var _ in program.ReadEventsAsync(TestContext.Current.CancellationToken))
        {
            // What comes before the error is of no interest.
        }
    }
}
