using OnlineCompiler.Ai.V1;
using OnlineCompiler.AiService.Assistance;
using ProgramMessage = OnlineCompiler.Ai.V1.Program;

namespace OnlineCompiler.AiService.Grpc;

/// <summary>Between the messages of the proto and the domain.</summary>
internal static class AssistantMessages
{
    private const string DefaultLocale = "en";

    public static string LocaleOf(string locale) => locale.Length == 0 ? DefaultLocale : locale;

    public static SubmittedProgram ToSubmitted(this ProgramMessage program) => new(
        program.Language,
        [.. program.Files.Select(file => new CodeFile(file.Path, file.Content))],
        program.EntryPoint,
        program.Stdin,
        [.. program.Arguments]);

    public static ObservedRun ToObserved(this RunReport run) => new(
        Shorten(run.Outcome), Shorten(run.CompilerOutput), Shorten(run.Stdout), Shorten(run.Stderr),
        run.HasExitCode ? run.ExitCode : null, Shorten(run.Message));

    public static AssistantEvent ToMessage(this AssistanceEvent next) => next switch
    {
        AssistanceEvent.Text text => new AssistantEvent { Text = text.Piece },
        AssistanceEvent.Fixed program => new AssistantEvent
        {
            Fixed = new FixedProgram { Files = { program.Files.Select(file => new ProgramFile { Path = file.Path, Content = file.Content }) } },
        },
        AssistanceEvent.Proof proof => new AssistantEvent { Proof = new Proof { Passed = proof.Passed, Run = ToReport(proof.Run) } },
        AssistanceEvent.Completion end => new AssistantEvent
        {
            Completion = new Completion { Model = end.Model, InputTokens = (ulong)end.InputTokens, OutputTokens = (ulong)end.OutputTokens },
        },
        _ => throw new InvalidOperationException($"Unknown event {next.GetType().Name}."),
    };

    private static RunReport ToReport(ObservedRun run)
    {
        var report = new RunReport
        {
            Outcome = run.Outcome,
            CompilerOutput = run.CompilerOutput,
            Stdout = run.Stdout,
            Stderr = run.Stderr,
            Message = run.Message,
        };
        if (run.ExitCode is { } exitCode)
            report.ExitCode = exitCode;
        return report;
    }

    private static string Shorten(string text) => MiddleCut.Apply(text, ObservedRun.MaxTextBytes);
}
