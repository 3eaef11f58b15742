using Microsoft.AspNetCore.Http;
using OnlineCompiler.Cli.Tests.Server;
using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Tests.Client;

public sealed class StreamTests
{
    private const string Accepted = "event: accepted\ndata: {\"id\":\"1\",\"language\":\"python\",\"version\":\"3\"}\n\n";
    private static readonly ExecutionRequest Program = new("python", new SourceFile("main.py", "print(1)"));

    [Fact]
    public async Task What_happens_is_told_in_its_order()
    {
        await using var gateway = await StartAsync(
            Accepted
            + ": still here\n\n"
            + "event: stage\ndata: {\"stage\":\"compile\"}\n\n"
            + "event: weather\ndata: {\"sun\":true}\n\n"
            + "event: stageResult\ndata: {\"stage\":\"compile\",\"result\":{\"outcome\":\"succeeded\",\"exitCode\":0}}\n\n"
            + "event: output\ndata: {\"stage\":\"run\",\"stream\":\"stderr\",\"data\":{\"base64\":\"/w==\"}}\n\n"
            + "event: artifact\ndata: {\"path\":\"a\",\"mediaType\":\"text/plain\",\"content\":\"x\"}\n\n"
            + $"event: result\ndata: {FakeGateway.Execution}\n\n");
        using var client = new OnlineCompilerClient(gateway.Address);

        var events = await client.StreamAsync(Program, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(new AcceptedEvent("1", "python", "3"), events[0]);
        Assert.Equal(new StageStartedEvent(Stage.Compile), events[1]);
        Assert.Equal((Stage.Compile, Outcome.Succeeded), events[2] is StageFinishedEvent finished ? (finished.Stage, finished.Result.Outcome) : default);
        Assert.Equal(new OutputEvent(Stage.Run, OutputChannel.Stderr, (byte[])[0xff]), events[3]);
        Assert.Equal(new ArtifactEvent(new Artifact("a", "text/plain", "x")), events[4]);
        Assert.IsType<ResultEvent>(events[5]);
        Assert.Equal(6, events.Count);
    }

    [Fact]
    public async Task An_error_on_the_way_is_thrown_after_what_came_before()
    {
        await using var gateway = await StartAsync(Accepted + "event: error\ndata: {\"type\":\"https://x/service-unavailable\",\"status\":503,\"title\":\"Gone.\",\"retryAfterSeconds\":1}\n\n");
        using var client = new OnlineCompilerClient(gateway.Address);
        await using var events = client.StreamAsync(Program, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.True(await events.MoveNextAsync());
        var problem = (await Assert.ThrowsAsync<OnlineCompilerException>(async () => await events.MoveNextAsync())).Problem;

        Assert.Equal(("service-unavailable", 503, TimeSpan.FromSeconds(1)), (problem.Name, problem.Status, problem.RetryDelay));
    }

    [Fact]
    public async Task A_stream_that_ends_before_the_program_is_an_error()
    {
        await using var gateway = await StartAsync(Accepted);
        using var client = new OnlineCompilerClient(gateway.Address);

        await Assert.ThrowsAsync<IOException>(async () => await client.StreamAsync(Program, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Whoever_stops_reading_leaves()
    {
        await using var gateway = await FakeGateway.StartAsync();
        var left = new TaskCompletionSource();
        gateway.Answer = async context =>
        {
            await context.WriteJsonAsync(Accepted, type: "text/event-stream");
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.RequestAborted.Register(left.SetResult);
            await left.Task;
        };
        using var client = new OnlineCompilerClient(gateway.Address);

        await client.StreamAsync(Program, TestContext.Current.CancellationToken).FirstAsync(TestContext.Current.CancellationToken);

        await left.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    private static async Task<FakeGateway> StartAsync(string events)
    {
        var gateway = await FakeGateway.StartAsync();
        gateway.Answer = context =>
        {
            Assert.Equal("POST /api/v1/executions/stream", $"{context.Request.Method} {context.Request.Path}");
            return context.WriteJsonAsync(events, type: "text/event-stream");
        };
        return gateway;
    }
}
