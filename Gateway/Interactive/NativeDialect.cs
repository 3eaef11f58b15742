using System.Runtime.CompilerServices;
using System.Text.Json;
using Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Json;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Interactive;

/// <summary>The API's own messages: <see cref="ClientFrame"/> in, <see cref="ExecutionEvent"/> out.</summary>
internal sealed class NativeDialect(string caller, string owner, InteractiveOptions options) : IFrameDialect
{
    private bool _isResumable;

    public TimeSpan StartPatience => TimeSpan.FromSeconds(options.StartSeconds);

    public Exception StartTimeout() => ProblemException.ForField("type", $"No start frame came within {options.StartSeconds} s.");

    public ValueTask<AttachRequest?> ToStartAsync(FrameMessage message, CancellationToken cancellationToken)
    {
        var first = ClientFrames.ToFirst(Read(message), caller, owner);
        _isResumable = first.Resumable || first.Resume is not null;
        return ValueTask.FromResult<AttachRequest?>(first);
    }

    public IEnumerable<AttachRequest> ToInput(FrameMessage message) =>
        _isResumable ? [ClientFrames.ToMessage(Read(message))] : ClientFrames.ToMessages(Read(message));

    public async IAsyncEnumerable<byte[]> ToMessagesAsync(
        IAsyncStreamReader<ExecuteEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in ExecutionEvents.ReadAsync(events, cancellationToken))
            yield return Write(item);
    }

    public static byte[] Write(ExecutionEvent item) => JsonSerializer.SerializeToUtf8Bytes(item, ApiJson.Options);

    /// <exception cref="JsonException">Not a frame.</exception>
    private static ClientFrame Read(FrameMessage message)
    {
        if (message.IsBinary)
            throw new ProblemException(ProblemKind.InvalidRequest.Problem("Frames are JSON in text messages, not binary ones."));
        return JsonSerializer.Deserialize<ClientFrame>(message.Bytes.Span, ApiJson.Options) ?? throw ProblemException.ForField("type", "Required.");
    }
}
