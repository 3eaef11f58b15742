using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Hostile.Tests.RandomSources;

/// <summary>What every answer promises, whatever was run.</summary>
internal static class WellFormed
{
    private static readonly HashSet<string> _compiled = ["c", "cpp", "java", "typescript", "csharp"];

    /// <summary>Everything that is wrong with an answer; nothing when it is as the contract says.</summary>
    public static IEnumerable<string> Violations(ExecuteRequest request, ExecuteResponse answer)
    {
        if (answer.Language != request.Language || answer.RequestId.Length == 0 || answer.Version.Length == 0)
            yield return "it does not say what was run";
        if (_compiled.Contains(request.Language) != (answer.Compile is not null))
            yield return "a compile stage is there if, and only if, the language has one";
        if ((answer.Run is null) != (answer.Compile is not null && answer.Compile.Outcome != Outcome.Succeeded))
            yield return "a run follows if, and only if, compiling did not fail";
        if (answer.Outcome != (answer.Run ?? answer.Compile)?.Outcome)
            yield return "its outcome is not that of its last stage";
        if (!double.IsFinite(answer.QueueTimeMs) || answer.QueueTimeMs < 0)
            yield return "its queue time is no time";
        foreach (var (name, stage) in new[] { ("compile", answer.Compile), ("run", answer.Run) })
        {
            foreach (var violation in stage is null ? [] : Violations(stage, (long)request.Limits.OutputLimitBytes))
                yield return $"{name}: {violation}";
        }
    }

    private static IEnumerable<string> Violations(StageResult stage, long outputLimitBytes)
    {
        var isLimit = stage.Outcome is Outcome.WallTimeLimit or Outcome.CpuTimeLimit or Outcome.MemoryLimit or Outcome.OutputLimit or Outcome.WorkspaceLimit;
        if (stage.Outcome is Outcome.Unspecified or Outcome.Cancelled)
            yield return $"nobody asked for the outcome {stage.Outcome}";
        if (stage.HasExitCode == stage.Signal.Length > 0)
            yield return "it has either a status or a signal";
        if (stage.HasExitCode && stage.ExitCode is < 0 or > 255)
            yield return $"{stage.ExitCode} is no status";
        if (stage.Outcome == Outcome.Succeeded && !(stage.HasExitCode && stage.ExitCode == 0))
            yield return "it succeeded without the status 0";
        if (stage.Outcome == Outcome.NonzeroExit && !(stage.HasExitCode && stage.ExitCode != 0))
            yield return "it failed without a status";
        if (stage.Outcome == Outcome.Signaled && stage.HasExitCode)
            yield return "it was ended by no signal";
        if (isLimit && !stage.Message.Contains("limit", StringComparison.Ordinal))
            yield return "its message names no limit";
        if (stage.Stdout.Length + stage.Stderr.Length > outputLimitBytes)
            yield return "it printed more than the limit";
        if ((stage.StdoutTruncated || stage.StderrTruncated) && stage.Stdout.Length + stage.Stderr.Length < outputLimitBytes)
            yield return "its output was cut below the limit";
        if (new[] { stage.WallTimeMs, stage.UserCpuTimeMs, stage.SystemCpuTimeMs }.Any(time => !double.IsFinite(time) || time < 0))
            yield return "a time is no time";
    }
}
