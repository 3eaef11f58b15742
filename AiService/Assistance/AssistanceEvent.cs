namespace OnlineCompiler.AiService.Assistance;

/// <summary>What a caller is told, in this order: text, for fixes the files and their proof, and the completion.</summary>
internal abstract record AssistanceEvent
{
    internal sealed record Text(string Piece) : AssistanceEvent;

    /// <summary>The corrected program, every file of it.</summary>
    internal sealed record Fixed(IReadOnlyList<CodeFile> Files) : AssistanceEvent;

    internal sealed record Proof(bool Passed, ObservedRun Run) : AssistanceEvent;

    internal sealed record Completion(string Model, long InputTokens, long OutputTokens) : AssistanceEvent;
}
