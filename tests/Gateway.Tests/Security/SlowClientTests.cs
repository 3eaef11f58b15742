using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Tests.Services;

namespace OnlineCompiler.Gateway.Tests.Security;

/// <summary>Clients that are slow on purpose keep neither a connection nor a sandbox.</summary>
public sealed class SlowClientTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly (string, string)[] Strict =
    [
        ("Gateway:Connections:HeaderSeconds", "1"), ("Gateway:Connections:KeepAliveSeconds", "1"), ("Gateway:Connections:GraceSeconds", "2"),
        ("Gateway:Connections:MinRequestBytesPerSecond", "100000"), ("Gateway:Connections:MinResponseBytesPerSecond", "1048576"),
        ("Gateway:Interactive:PingSeconds", "1"), ("Gateway:RateLimits:ConcurrentRuns", "1"),
    ];

    [Theory]
    [InlineData("POST /api/v1/executions HTTP/1.1\r\nHost: localhost\r\nX-More: ", "HTTP/1.1 408")]
    [InlineData("", "")]
    public async Task Headers_that_do_not_come_end_the_connection(string sent, string answer)
    {
        await using var gateway = await TestGateway.StartAsync(Strict);

        var received = await TalkAsync(gateway, sent);

        Assert.StartsWith(answer, received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_trickles_is_refused_and_its_place_is_free_again()
    {
        await using var gateway = await TestGateway.StartAsync(Strict);

        var received = await TalkAsync(gateway, "POST /api/v1/executions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");

        Assert.StartsWith("HTTP/1.1 408", received, StringComparison.Ordinal);
        await PlaceIsFreeAsync(gateway);
        Assert.Equal(1, gateway.Services.Execution.ExecuteCalls);
    }

    [Fact]
    public async Task A_call_whose_first_message_does_not_come_ends_and_its_place_is_free_again()
    {
        await using var gateway = await TestGateway.StartAsync(Strict);
        using var channel = gateway.OpenChannel();
        using var call = new Execution.V1.Execution.ExecutionClient(channel).Attach(cancellationToken: TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        await PlaceIsFreeAsync(gateway);
    }

    [Fact]
    public async Task A_call_that_has_begun_may_be_silent()
    {
        await using var gateway = await TestGateway.StartAsync(Strict);
        gateway.Services.Execution.OnAttach = async (messages, events, context) =>
        {
            await messages.MoveNext(context.CancellationToken);
            await events.WriteAsync(FakeExecution.Output(messages.Current.Stdin.ToStringUtf8()));
        };
        using var channel = gateway.OpenChannel();
        using var call = new Execution.V1.Execution.ExecutionClient(channel).Attach(cancellationToken: TestContext.Current.CancellationToken);
        await call.RequestStream.WriteAsync(new AttachRequest { Start = new ExecuteRequest() }, TestContext.Current.CancellationToken);

        // Longer than a first message may take.
        await Task.Delay(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken);
        await call.RequestStream.WriteAsync(new AttachRequest { Stdin = Google.Protobuf.ByteString.CopyFromUtf8("typed") }, TestContext.Current.CancellationToken);

        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal("typed", call.ResponseStream.Current.Output.Data.ToStringUtf8());
    }

    [Fact]
    public async Task Headers_without_end_are_refused()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:Connections:MaxHeaderBytes", "4096"));

        var answer = await gateway.RunAsync(null, ("X-Long", new string('x', 5_000)));

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task A_judgement_that_is_too_large_is_not_kept_in_memory()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:Connections:MaxBodyBytes", "65536"));
        using var channel = gateway.OpenChannel();
        var client = new Execution.V1.Execution.ExecutionClient(channel);
        var request = new ExecuteRequest { Language = "python", Stdin = Google.Protobuf.ByteString.CopyFrom(new byte[100_000]) };

        using var judging = client.Judge(new JudgeRequest { Program = request }, cancellationToken: TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<RpcException>(() => judging.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        Assert.Equal(0, gateway.Services.Execution.JudgeCalls);
    }

    [Fact]
    public async Task Who_does_not_read_events_loses_the_program()
    {
        await using var gateway = await TestGateway.StartAsync(Strict);
        gateway.Services.Execution.OnStream = (_, events, context) => FloodAsync(events, context);
        using var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(IPAddress.Loopback, gateway.Address.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"POST /api/v1/executions/stream HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Requests.Program.Length}\r\n\r\n{Requests.Program}"),
            TestContext.Current.CancellationToken);

        await gateway.Services.Execution.Cancelled.Task.WaitAsync(Soon, TestContext.Current.CancellationToken);

        await PlaceIsFreeAsync(gateway);
    }

    [Fact]
    public Task Who_does_not_read_gRPC_loses_the_program() => LoseProgramAsync(FloodAsync);

    /// <summary>Pieces so small that what waits of them leaves room for the next one to be written.</summary>
    [Fact]
    public Task Who_does_not_read_small_pieces_over_gRPC_loses_the_program() => LoseProgramAsync(ChatterAsync);

    [Fact]
    public async Task Who_does_not_read_a_WebSocket_loses_the_program()
    {
        await using var gateway = await TestGateway.StartAsync(Strict);
        gateway.Services.Execution.OnAttach = (_, events, context) => FloodAsync(events, context);
        using var socket = await gateway.ConnectAsync();
        await socket.SendAsync(
            Encoding.UTF8.GetBytes($$"""{"type":"start","execution":{{Requests.Program}}}"""), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

        await gateway.Services.Execution.Cancelled.Task.WaitAsync(Soon, TestContext.Current.CancellationToken);

        await PlaceIsFreeAsync(gateway);
    }

    private static async Task LoseProgramAsync(Func<IServerStreamWriter<ExecuteEvent>, ServerCallContext, Task> write)
    {
        await using var gateway = await TestGateway.StartAsync(Strict);
        gateway.Services.Execution.OnStream = (_, events, context) => write(events, context);
        using var channel = gateway.OpenChannel();
        var client = new Execution.V1.Execution.ExecutionClient(channel);
        // Connected, and its code loaded: the first message, too, must come in time.
        await client.ListLanguagesAsync(new ListLanguagesRequest(), cancellationToken: TestContext.Current.CancellationToken);
        using var call = client.ExecuteStream(new ExecuteRequest(), cancellationToken: TestContext.Current.CancellationToken);

        await gateway.Services.Execution.Cancelled.Task.WaitAsync(Soon, TestContext.Current.CancellationToken);

        await PlaceIsFreeAsync(gateway);
    }

    private static async Task FloodAsync(IServerStreamWriter<ExecuteEvent> events, ServerCallContext context)
    {
        var output = FakeExecution.Output(new byte[64 * 1024]);
        while (!context.CancellationToken.IsCancellationRequested)
            await events.WriteAsync(output, context.CancellationToken);
    }

    private static async Task ChatterAsync(IServerStreamWriter<ExecuteEvent> events, ServerCallContext context)
    {
        var output = FakeExecution.Output(new byte[1000]);
        while (!context.CancellationToken.IsCancellationRequested)
        {
            await events.WriteAsync(output, context.CancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(1), context.CancellationToken);
        }
    }

    // There is only one, and whoever was cut off had it.
    private static Task PlaceIsFreeAsync(TestGateway gateway) =>
        WaitFor.TrueAsync(async () => (await gateway.RunAsync(null)).StatusCode is HttpStatusCode.OK, Soon);

    /// <summary>Says no more than that, and hears until the other side ends it.</summary>
    private static async Task<string> TalkAsync(TestGateway gateway, string text)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Soon);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, gateway.Address.Port, patience.Token);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), patience.Token);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync(patience.Token);
    }
}
