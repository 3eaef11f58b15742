using Grpc.Core;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Interactive;

/// <summary>Says when the first event is there: from then on the call may not be made again.</summary>
internal sealed class NoticedReader(IAsyncStreamReader<ExecuteEvent> events, Action noticed) : IAsyncStreamReader<ExecuteEvent>
{
    private bool _isNoticed;

    public ExecuteEvent Current => events.Current;

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        var isThere = await events.MoveNext(cancellationToken);
        if (isThere && !_isNoticed)
        {
            _isNoticed = true;
            noticed();
        }
        return isThere;
    }
}
