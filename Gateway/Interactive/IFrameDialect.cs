using Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Interactive;

/// <summary>What the messages of a WebSocket mean, both ways; one for each connection.</summary>
internal interface IFrameDialect
{
    /// <summary>How long a client may take to start its program.</summary>
    TimeSpan StartPatience { get; }

    /// <summary>What to end with when it takes longer.</summary>
    Exception StartTimeout();

    /// <summary>What the service gets first; null when the message only delays that.</summary>
    /// <exception cref="ProblemException">The message is wrong.</exception>
    ValueTask<AttachRequest?> ToStartAsync(FrameMessage message, CancellationToken cancellationToken);

    /// <summary>What a message means once the program runs: nothing, one thing, or several.</summary>
    /// <exception cref="ProblemException">The message is wrong.</exception>
    IEnumerable<AttachRequest> ToInput(FrameMessage message);

    /// <summary>The messages for what happens, in UTF-8, one at a time: whoever reads slowly slows the program down.</summary>
    IAsyncEnumerable<byte[]> ToMessagesAsync(IAsyncStreamReader<ExecuteEvent> events, CancellationToken cancellationToken);
}
