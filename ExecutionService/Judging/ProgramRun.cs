using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Judging;

/// <summary>A stage that has ended, with what it printed; the stage's output limit bounds it.</summary>
internal sealed record ProgramRun(StageFinished Stage, ReadOnlyMemory<byte> Output, ReadOnlyMemory<byte> Error)
{
    /// <summary>Of each stream, for people to look at.</summary>
    private const int MaxShownBytes = 16 * 1024;

    public SandboxReport Report => Stage.Report;

    public bool Succeeded => Report.Outcome == SandboxOutcome.Succeeded;

    /// <summary>Only the beginning of its output, so that a thousand tests can be told in one answer.</summary>
    public ProgramRun ForShow() => this with
    {
        Stage = Stage with
        {
            Report = Report with
            {
                OutputTruncated = Report.OutputTruncated || Output.Length > MaxShownBytes,
                ErrorTruncated = Report.ErrorTruncated || Error.Length > MaxShownBytes,
            },
        },
        Output = Beginning(Output),
        Error = Beginning(Error),
    };

    // A copy, for the rest is to be forgotten.
    private static ReadOnlyMemory<byte> Beginning(ReadOnlyMemory<byte> data) => data.Length <= MaxShownBytes ? data : data[..MaxShownBytes].ToArray();
}
