using Grpc.Core;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>Tells callers what happens, as it happens.</summary>
internal static class ResponseStreams
{
    /// <summary>
    /// Sends a message, and waits no longer for a caller who does not read once <paramref name="ending"/> is cancelled. gRPC does
    /// not get to know: a write that is cancelled resets its whole call, and the caller would never hear why it ended.
    /// </summary>
    public static async Task SendAsync<T>(this IServerStreamWriter<T> responses, T message, CancellationToken ending)
    {
        ending.ThrowIfCancellationRequested();
        await responses.WriteAsync(message, CancellationToken.None).WaitAsync(ending);
    }
}
