using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace OnlineCompiler.AiService.Models;

/// <summary>
/// Ends an answer at the time limit, and turns whatever a provider's SDK throws (lost connections, streams cut in the
/// middle, answers that make no sense) into a <see cref="ModelFailureException"/>. It sits innermost, so that telemetry
/// never sees an SDK's own messages, which may quote the answer.
/// </summary>
internal sealed class ProviderChatClient(IChatClient provider, TimeSpan timeout, TimeProvider time, ILogger<ProviderChatClient> logger)
    : DelegatingChatClient(provider)
{
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var timer = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        await using var updates = base.GetStreamingResponseAsync(messages, options, either.Token).GetAsyncEnumerator(either.Token);
        while (await MoveNextAsync(updates, timer.Token, cancellationToken))
            yield return updates.Current;
    }

    private async Task<bool> MoveNextAsync(
        IAsyncEnumerator<ChatResponseUpdate> updates, CancellationToken timedOut, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception exception) when (exception is not ModelFailureException && !cancellationToken.IsCancellationRequested)
        {
            // Only the type: the message may quote the answer.
            logger.ProviderFailed(exception.GetType().Name, timedOut.IsCancellationRequested);
            throw new ModelFailureException(
                ModelFailure.Unavailable,
                timedOut.IsCancellationRequested
                    ? $"The model did not answer within {timeout.TotalSeconds:0.#} s."
                    : "The connection to the model's provider failed, or its answer broke off.");
        }
    }
}
