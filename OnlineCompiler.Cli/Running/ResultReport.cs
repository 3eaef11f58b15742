using OnlineCompiler.Cli.Terminals;
using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Running;

/// <summary>Says in a sentence how a program ended, where it did not just exit.</summary>
internal static class ResultReport
{
    /// <summary>The last stage that ran.</summary>
    public static StageResult LastStage(ExecutionResult result) =>
        result.Run ?? result.Compile ?? throw new IOException("The server said nothing of the program's end.");

    /// <returns>The exit status.</returns>
    public static int Say(ExecutionResult result)
    {
        var stage = LastStage(result);
        if (stage.Message is { } message)
            StandardStreams.Say(message + Advice(stage.Outcome, result.Run is null));
        else if (stage.Outcome is Outcome.Signaled && stage.Signal is not ("SIGINT" or "SIGPIPE"))
            StandardStreams.Say($"The program was ended by {stage.Signal}.");
        return ExitStatus.Of(stage);
    }

    private static string Advice(Outcome outcome, bool isCompiler) => outcome switch
    {
        Outcome.WallTimeLimit => isCompiler ? " See --limit-compile-time." : " See --limit-wall-time.",
        Outcome.CpuTimeLimit when !isCompiler => " See --limit-cpu-time.",
        Outcome.MemoryLimit => isCompiler ? " See --limit-compile-memory." : " See --limit-memory.",
        Outcome.OutputLimit => " See --limit-output.",
        Outcome.WorkspaceLimit => " See --limit-workspace.",
        _ => "",
    };
}
