using System.Runtime.CompilerServices;
using OnlineCompiler.AiService.Models;

namespace OnlineCompiler.AiService.Assistance;

internal sealed class ProgramExplainer(ChatModel model)
{
    private const string UsualQuestion = "Explain why the last run failed, if it did; otherwise explain the program.";

    public async IAsyncEnumerable<AssistanceEvent> ExplainAsync(
        SubmittedProgram program, ObservedRun? lastRun, string question, string locale,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var material = Prompts.Describe(program, lastRun, "question", question.Length == 0 ? UsualQuestion : question, locale);
        await foreach (var update in model.AskAsync(Prompts.Explain, material, cancellationToken))
        {
            yield return update switch
            {
                ModelEvent.Text text => new AssistanceEvent.Text(text.Piece),
                ModelEvent.Finished end => new AssistanceEvent.Completion(end.Model, end.InputTokens, end.OutputTokens),
                _ => throw new InvalidOperationException($"Unknown event {update.GetType().Name}."),
            };
        }
    }
}
