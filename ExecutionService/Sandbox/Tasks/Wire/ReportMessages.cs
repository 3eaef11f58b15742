using OnlineCompiler.Worker.V1;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks.Wire;

/// <summary>The end of a run as a message, both ways.</summary>
internal static class ReportMessages
{
    private const int MaxSignalLength = 16;

    public static Exited Of(SandboxReport report)
    {
        var exited = new Exited
        {
            Outcome = report.Outcome.ToWire(),
            Signal = report.Signal ?? "",
            WallTimeUs = JobMessages.Microseconds(report.WallTime),
            UserCpuTimeUs = JobMessages.Microseconds(report.UserCpuTime),
            SystemCpuTimeUs = JobMessages.Microseconds(report.SystemCpuTime),
            MemoryPeakBytes = (ulong)report.MemoryPeakBytes,
            OutputTruncated = report.OutputTruncated,
            ErrorTruncated = report.ErrorTruncated,
            Message = WorkerProtocol.Clip(report.Message ?? ""),
        };
        if (report.ExitCode is { } exitCode)
            exited.ExitCode = exitCode;
        return exited;
    }

    /// <exception cref="InvalidDataException">A value is out of the range it can have.</exception>
    public static SandboxReport Report(Exited exited, SandboxIsolation isolation) => new()
    {
        Outcome = exited.Outcome.FromWire() ?? throw new InvalidDataException("The outcome is none of the contract's."),
        Isolation = isolation,
        ExitCode = !exited.HasExitCode ? null
            : exited.ExitCode is >= 0 and <= 255 ? exited.ExitCode
            : throw new InvalidDataException("The exit code is not from 0 to 255."),
        Signal = exited.Signal.Length <= MaxSignalLength ? NullIfEmpty(exited.Signal) : throw new InvalidDataException("The signal's name is too long."),
        WallTime = JobMessages.Time(exited.WallTimeUs),
        UserCpuTime = JobMessages.Time(exited.UserCpuTimeUs),
        SystemCpuTime = JobMessages.Time(exited.SystemCpuTimeUs),
        MemoryPeakBytes = exited.MemoryPeakBytes <= long.MaxValue ? (long)exited.MemoryPeakBytes : throw new InvalidDataException("The memory is more than possible."),
        OutputTruncated = exited.OutputTruncated,
        ErrorTruncated = exited.ErrorTruncated,
        Message = NullIfEmpty(WorkerProtocol.Clip(exited.Message)),
    };

    private static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;
}
