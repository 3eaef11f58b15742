using System.Text;
using Google.Protobuf;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Judge0.Languages;
using OnlineCompiler.Gateway.Judge0.Submissions;

namespace OnlineCompiler.Gateway.Judge0.Running;

/// <summary>How a run ended, in Judge0's words; where these say too little, the message says the rest.</summary>
internal static class RunVerdict
{
    private const int KiB = 1024;
    private const double MsPerSecond = 1000;
    private const int SignalExit = 128;
    private const int CannotExecute = 126;
    private const int Aborted = 6;
    private const int FloatingPoint = 8;
    private const int Killed = 9;
    private const int SegmentationFault = 11;
    private const int FileSize = 25;

    /// <summary>Of a program that has run, or did not compile.</summary>
    public static JudgeOutcome Of(JudgeSubmission submission, ExecuteResponse response, DateTime now)
    {
        var compileOutput = Join(response.Compile);
        if (response.Run is not { } run)
            return CompilationError(response.Compile, compileOutput, now);
        if (submission.LanguageId == KnownLanguage.MultiFile)
        {
            (compileOutput, var isFailed) = ScriptProgram.ReadNotes(response.Artifacts);
            if (isFailed)
                return CompilationError(null, compileOutput, now);
        }

        var most = submission.Limits.FileSizeKiB * KiB;
        var (stdout, stderr) = submission.RedirectsStderr ? (run.Stdout.Concat(run.Stderr).ToArray(), []) : (run.Stdout.ToByteArray(), run.Stderr.ToByteArray());
        var end = EndOf(submission, run, isTooLong: stdout.Length > most || stderr.Length > most);
        return new JudgeOutcome
        {
            StatusId = end.StatusId is JudgeStatus.Accepted && !OutputComparison.IsAccepted(submission.ExpectedOutput, NullIfEmpty(stdout)) ? JudgeStatus.WrongAnswer : end.StatusId,
            FinishedAt = now,
            Stdout = NullIfEmpty(stdout[..Math.Min(most, stdout.Length)]),
            Stderr = NullIfEmpty(stderr[..Math.Min(most, stderr.Length)]),
            CompileOutput = NullIfEmpty(compileOutput),
            Message = end.Message,
            TimeSeconds = SecondsOf(CpuMs(run)),
            WallTimeSeconds = SecondsOf(run.WallTimeMs),
            MemoryKiB = (long)run.MemoryPeakBytes / KiB,
            ExitCode = end.ExitCode,
            ExitSignal = end.Signal,
        };
    }

    /// <summary>Of one that could not be run, which is never its own fault.</summary>
    public static JudgeOutcome InternalError(string message, DateTime now) =>
        new() { StatusId = JudgeStatus.InternalError, FinishedAt = now, Message = message };

    private static JudgeOutcome CompilationError(StageResult? compile, byte[]? output, DateTime now) => new()
    {
        StatusId = JudgeStatus.CompilationError,
        FinishedAt = now,
        CompileOutput = NullIfEmpty(compile?.Outcome switch
        {
            Outcome.WallTimeLimit or Outcome.CpuTimeLimit => "Compilation time limit exceeded."u8.ToArray(),
            // The compiler itself does not know why it was stopped.
            not (null or Outcome.NonzeroExit) => [.. output ?? [], .. Encoding.UTF8.GetBytes(compile.Message)],
            _ => output,
        }),
    };

    private static End EndOf(JudgeSubmission submission, StageResult run, bool isTooLong)
    {
        var exitCode = run.HasExitCode ? run.ExitCode : 0;
        return run.Outcome switch
        {
            Outcome.MemoryLimit => new End(JudgeStatus.NonzeroExit, run.HasExitCode ? exitCode : SignalExit + Killed, $"Memory limit exceeded: {run.Message}"),
            Outcome.WallTimeLimit => new End(JudgeStatus.TimeLimitExceeded, 0, "Time limit exceeded (wall clock)"),
            Outcome.CpuTimeLimit => new End(JudgeStatus.TimeLimitExceeded, 0, "Time limit exceeded"),
            // It ended within the time that it had on top.
            _ when CpuMs(run) > submission.Limits.CpuTimeSeconds * MsPerSecond && !IsScript(submission) => new End(JudgeStatus.TimeLimitExceeded, exitCode, "Time limit exceeded"),
            Outcome.OutputLimit => TooLong(submission),
            _ when isTooLong => TooLong(submission),
            Outcome.Signaled => Signaled(LinuxSignals.NumberOf(run.Signal)),
            Outcome.NonzeroExit when IsNoExecutable(submission, run) => new End(JudgeStatus.ExecFormatError, exitCode, "Exec format error"),
            Outcome.NonzeroExit => new End(JudgeStatus.NonzeroExit, exitCode, $"Exited with error status {exitCode}"),
            Outcome.Succeeded => new End(JudgeStatus.Accepted, 0, null),
            Outcome.WorkspaceLimit => new End(JudgeStatus.NonzeroExit, exitCode, run.Message),
            _ => new End(JudgeStatus.InternalError, exitCode, run.Message),
        };
    }

    private static End TooLong(JudgeSubmission submission) => new(
        JudgeStatus.FileSizeExceeded, SignalExit + FileSize, $"Output limit exceeded: it printed more than {submission.Limits.FileSizeKiB} KiB.", FileSize);

    private static End Signaled(int signal) => new(
        signal switch
        {
            SegmentationFault => JudgeStatus.SegmentationFault,
            FileSize => JudgeStatus.FileSizeExceeded,
            FloatingPoint => JudgeStatus.FloatingPointError,
            Aborted => JudgeStatus.Aborted,
            _ => JudgeStatus.OtherRuntimeError,
        },
        SignalExit + signal,
        $"Caught fatal signal {signal}",
        signal);

    // The time of a submission's own compile script is in it.
    private static bool IsScript(JudgeSubmission submission) => submission.LanguageId == KnownLanguage.MultiFile;

    private static bool IsNoExecutable(JudgeSubmission submission, StageResult run) =>
        submission.LanguageId == KnownLanguage.Executable && run.ExitCode == CannotExecute && run.Stderr.ToStringUtf8().Contains("Exec format error", StringComparison.Ordinal);

    private static byte[]? Join(StageResult? compile) => compile is null ? null : [.. compile.Stdout, .. compile.Stderr];

    private static byte[]? NullIfEmpty(byte[]? bytes) => bytes is { Length: > 0 } ? bytes : null;

    private static double CpuMs(StageResult run) => run.UserCpuTimeMs + run.SystemCpuTimeMs;

    private static double SecondsOf(double ms) => Math.Round(ms / MsPerSecond, 3);

    private readonly record struct End(int StatusId, int ExitCode, string? Message, int? Signal = null);
}
