using System.Text;
using global::Grpc.Core;
using Google.Protobuf;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Grpc;

/// <summary>One interactive run, seen by its user.</summary>
internal sealed class Conversation(AsyncDuplexStreamingCall<AttachRequest, ExecuteEvent> call) : IAsyncDisposable
{
    private readonly Dictionary<Output.Types.Stream, StringBuilder> _output = [];
    private readonly StringBuilder _all = new();

    public static async Task<Conversation> StartAsync(ServiceFixture service, ExecuteRequest request, bool isTerminal)
    {
        if (isTerminal)
            request.Terminal = new TerminalSize { Columns = 80, Rows = 24 };
        var call = service.Client.Attach(cancellationToken: TestContext.Current.CancellationToken);
        var talk = new Conversation(call);
        await talk.SendAsync(new AttachRequest { Start = request });
        return talk;
    }

    /// <summary>What it printed so far, as it came.</summary>
    public string All => _all.ToString();

    public string Output(Output.Types.Stream stream) => _output.TryGetValue(stream, out var text) ? text.ToString() : "";

    /// <summary>Any message may be the last: the call may have ended before it is known to be sent. How it ended, the reader is told.</summary>
    public async Task SendAsync(AttachRequest message)
    {
        try
        {
            await call.RequestStream.WriteAsync(message, TestContext.Current.CancellationToken);
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
        }
    }

    public Task TypeAsync(string text) => SendAsync(new AttachRequest { Stdin = ByteString.CopyFromUtf8(text) });

    public Task ReadUntilAsync(string expected) =>
        All.Contains(expected, StringComparison.Ordinal)
            ? Task.CompletedTask
            : UntilAsync(_ => All.Contains(expected, StringComparison.Ordinal));

    public async Task<ExecuteResponse> ResultAsync() => (await UntilAsync(happened => happened.Result is not null)).Result;

    public async Task<ExecuteEvent> UntilAsync(Func<ExecuteEvent, bool> found)
    {
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken))
        {
            var happened = call.ResponseStream.Current;
            if (happened.Output is { } output)
            {
                _output.TryAdd(output.Stream, new StringBuilder());
                _output[output.Stream].Append(output.Data.ToStringUtf8());
                _all.Append(output.Data.ToStringUtf8());
            }
            if (found(happened))
                return happened;
        }
        throw new Xunit.Sdk.XunitException($"The run ended first, having printed: {_all}");
    }

    public ValueTask DisposeAsync()
    {
        call.Dispose();
        return ValueTask.CompletedTask;
    }
}
