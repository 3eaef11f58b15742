using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace OnlineCompiler.AiService.Models;

/// <summary>The chat model of the configuration.</summary>
internal sealed class ChatModel(IOptions<AiOptions> options, IServiceProvider services)
{
    // Made at the first question: without a configuration there is nothing to make it of.
    private readonly Lazy<IChatClient> _client = new(services.GetRequiredService<IChatClient>);

    /// <summary>Asks, and hands on the answer as it is written; the last event is <see cref="ModelEvent.Finished"/>.</summary>
    /// <param name="role">What the model is to do; ours.</param>
    /// <param name="question">What it is to do it with; the user's.</param>
    /// <exception cref="ModelFailureException">No model is configured, or it does not answer.</exception>
    public async IAsyncEnumerable<ModelEvent> AskAsync(
        string role, string question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (options.Value.FindMissing() is { Count: > 0 } missing)
            throw ModelFailureException.NotConfigured(missing);

        var model = options.Value.Model!;
        var usage = new UsageDetails();
        var cut = false;
        ChatMessage[] messages = [new(ChatRole.System, role), new(ChatRole.User, question)];
        var settings = new ChatOptions { MaxOutputTokens = options.Value.MaxOutputTokens };
        await foreach (var update in _client.Value.GetStreamingResponseAsync(messages, settings, cancellationToken))
        {
            model = update.ModelId ?? model;
            cut |= update.FinishReason == ChatFinishReason.Length;
            foreach (var used in update.Contents.OfType<UsageContent>())
                usage.Add(used.Details);
            if (update.Text.Length > 0)
                yield return new ModelEvent.Text(update.Text);
        }

        yield return new ModelEvent.Finished(model, usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0, cut);
    }
}

internal abstract record ModelEvent
{
    internal sealed record Text(string Piece) : ModelEvent;

    /// <param name="Model">As the provider names it.</param>
    /// <param name="Cut">The answer reached <c>Ai:MaxOutputTokens</c> and is incomplete.</param>
    internal sealed record Finished(string Model, long InputTokens, long OutputTokens, bool Cut) : ModelEvent;
}
