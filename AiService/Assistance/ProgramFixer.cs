using System.Runtime.CompilerServices;
using OnlineCompiler.AiService.Models;

namespace OnlineCompiler.AiService.Assistance;

/// <summary>
/// 1. The explanation streams as it is written, while the files in the answer are held back.
/// 2. The corrected program is handed over whole.
/// 3. It is run as the user's was, and the proof says what came of it.
/// 4. The completion says what it cost.
/// </summary>
internal sealed class ProgramFixer(ChatModel model, ProofRunner proofs, ILogger<ProgramFixer> logger)
{
    private const string UsualInstruction = "Make the program compile, run and exit with 0, doing what it was meant to do.";
    private const string NoFile = "The model gave no corrected file, so nothing was run.";
    private const string CutFile = "The model's answer was cut at Ai:MaxOutputTokens before its files were whole, so nothing was run.";

    public async IAsyncEnumerable<AssistanceEvent> FixAsync(
        SubmittedProgram program, ObservedRun? lastRun, string instruction, string locale,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var material = Prompts.Describe(
            program, lastRun, "instruction", instruction.Length == 0 ? UsualInstruction : instruction, locale);
        var answer = new FixAnswer(program);
        ModelEvent.Finished? end = null;

        await foreach (var update in model.AskAsync(Prompts.Fix, material, cancellationToken))
        {
            // 1
            if (update is ModelEvent.Text text && answer.Read(text.Piece) is { Length: > 0 } explanation)
                yield return new AssistanceEvent.Text(explanation);
            end = update as ModelEvent.Finished ?? end;
        }

        var cut = end is { Cut: true };
        if (answer.Finish(cut) is { Length: > 0 } rest)
            yield return new AssistanceEvent.Text(rest);

        if (answer.Files.Count == 0 || answer.IsCut)
        {
            logger.NoCorrectedFile(cut);
            yield return new AssistanceEvent.Proof(false, ObservedRun.OfMessage(answer.IsCut ? CutFile : NoFile));
        }
        else
        {
            // 2
            var corrected = program.With(answer.Files);
            yield return new AssistanceEvent.Fixed(corrected.Files);
            // 3
            yield return await proofs.RunAsync(corrected, cancellationToken);
        }

        // 4
        if (end is not null)
            yield return new AssistanceEvent.Completion(end.Model, end.InputTokens, end.OutputTokens);
    }
}
