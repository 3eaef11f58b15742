using System.Globalization;
using OnlineCompiler.Ai.V1;

namespace OnlineCompiler.Gateway.Api.Ai;

internal sealed record TextEvent(string Text);

internal sealed record FixedEvent(IReadOnlyList<FixedFile> Files);

internal sealed record FixedFile(string Path, string Content);

internal sealed record ProofEvent(bool Passed, RunReportAnswer? Run);

internal sealed record CompletionEvent(string Model, ulong InputTokens, ulong OutputTokens);

internal sealed record RunReportAnswer(string Outcome, string CompilerOutput, string Stdout, string Stderr, int? ExitCode, string? Message)
{
    public static RunReportAnswer? From(RunReport? report) => report is null ? null : new(
        ToCamelCase(report.Outcome), report.CompilerOutput, report.Stdout, report.Stderr,
        report.HasExitCode ? report.ExitCode : null, report.Message is "" ? null : report.Message);

    // NONZERO_EXIT there is "nonzeroExit" here.
    private static string ToCamelCase(string outcome) => string.Concat(
        outcome.Split('_', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.ToLower(CultureInfo.InvariantCulture))
            .Select((word, index) => index == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}

internal static class AssistanceEvents
{
    /// <summary>The API's event; null for one that this version does not know.</summary>
    public static ServerEvent? From(AssistantEvent item) => item.EventCase switch
    {
        AssistantEvent.EventOneofCase.Text => new("text", new TextEvent(item.Text)),
        AssistantEvent.EventOneofCase.Fixed =>
            new("fixed", new FixedEvent([.. item.Fixed.Files.Select(file => new FixedFile(file.Path, file.Content))])),
        AssistantEvent.EventOneofCase.Proof => new("proof", new ProofEvent(item.Proof.Passed, RunReportAnswer.From(item.Proof.Run))),
        AssistantEvent.EventOneofCase.Completion =>
            new("completion", new CompletionEvent(item.Completion.Model, item.Completion.InputTokens, item.Completion.OutputTokens)),
        _ => null,
    };
}
