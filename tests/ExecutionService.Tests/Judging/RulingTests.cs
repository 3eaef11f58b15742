using System.Text;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Judging;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Tests.Judging;

public sealed class RulingTests
{
    private static readonly JudgeTest _test = new() { Index = 0, Id = "1", Limits = new RequestedLimits(), Points = 5 };

    [Theory]
    [InlineData(0, "well done", Verdict.Accepted, 5, "well done")]
    [InlineData(1, "no", Verdict.WrongAnswer, 0, "no")]
    [InlineData(2, "", Verdict.PresentationError, 0, "")]
    [InlineData(3, "no answer file", Verdict.InternalError, 0, "The checker failed. no answer file")]
    [InlineData(4, "", Verdict.InternalError, 0, "The checker exited with status 4.")]
    [InlineData(255, "x", Verdict.InternalError, 0, "The checker exited with status 255. x")]
    [InlineData(7, "points 2.5", Verdict.WrongAnswer, 2.5, "points 2.5")]
    [InlineData(7, "half of it\npoints 2 of five", Verdict.WrongAnswer, 2, "half of it\npoints 2 of five")]
    [InlineData(7, "points 0", Verdict.WrongAnswer, 0, "points 0")]
    [InlineData(7, "points 5", Verdict.Accepted, 5, "points 5")]
    [InlineData(7, "points 5.01", Verdict.InternalError, 0, null)]
    [InlineData(7, "points -1", Verdict.InternalError, 0, null)]
    [InlineData(7, "points nan", Verdict.InternalError, 0, null)]
    [InlineData(7, "points many", Verdict.InternalError, 0, null)]
    [InlineData(7, "3", Verdict.InternalError, 0, null)]
    [InlineData(7, "", Verdict.InternalError, 0, null)]
    internal void A_checkers_exit_status_is_its_verdict(int exitCode, string error, Verdict verdict, double score, string? message)
    {
        var ruling = Ruling.OfJudge(_test, Ended(exitCode == 0 ? SandboxOutcome.Succeeded : SandboxOutcome.NonzeroExit, exitCode, error), "The checker");

        Assert.Equal((verdict, score), (ruling.Verdict, ruling.Score));
        Assert.Equal(message ?? $"The checker exited with status 7, but named no points from 0 to 5. {error}".TrimEnd(), ruling.Message);
    }

    [Theory]
    [InlineData(SandboxOutcome.Signaled)]
    [InlineData(SandboxOutcome.WallTimeLimit)]
    [InlineData(SandboxOutcome.CpuTimeLimit)]
    [InlineData(SandboxOutcome.MemoryLimit)]
    [InlineData(SandboxOutcome.OutputLimit)]
    [InlineData(SandboxOutcome.WorkspaceLimit)]
    internal void A_checker_that_is_stopped_has_said_nothing(SandboxOutcome outcome) =>
        Assert.Equal(Verdict.InternalError, Ruling.OfJudge(_test, Ended(outcome, null, "points 5"), "The checker").Verdict);

    [Theory]
    [InlineData(SandboxOutcome.Succeeded, null)]
    [InlineData(SandboxOutcome.NonzeroExit, Verdict.RuntimeError)]
    [InlineData(SandboxOutcome.Signaled, Verdict.RuntimeError)]
    [InlineData(SandboxOutcome.WorkspaceLimit, Verdict.RuntimeError)]
    [InlineData(SandboxOutcome.WallTimeLimit, Verdict.TimeLimit)]
    [InlineData(SandboxOutcome.CpuTimeLimit, Verdict.TimeLimit)]
    [InlineData(SandboxOutcome.MemoryLimit, Verdict.MemoryLimit)]
    [InlineData(SandboxOutcome.OutputLimit, Verdict.OutputLimit)]
    internal void A_program_that_fails_needs_no_checker(SandboxOutcome outcome, Verdict? verdict) =>
        Assert.Equal(verdict, Ruling.OfEnd(Ended(outcome, null, "").Report)?.Verdict);

    [Fact]
    public void Messages_are_cut_and_need_not_be_text()
    {
        var bytes = Encoding.UTF8.GetBytes(new string('x', 5_000));
        bytes[0] = 0xff;

        var message = Ruling.OfJudge(_test, Ended(SandboxOutcome.NonzeroExit, 1, "") with { Error = bytes }, "The checker").Message;

        Assert.Equal(1_000, message.Length);
        Assert.StartsWith("\uFFFDx", message, StringComparison.Ordinal);
    }

    private static ProgramRun Ended(SandboxOutcome outcome, int? exitCode, string error) => new(
        new StageFinished(
            ExecutionStage.Run,
            new SandboxReport
            {
                Outcome = outcome,
                ExitCode = exitCode,
                Isolation = SandboxIsolation.Full,
                WallTime = TimeSpan.Zero,
                UserCpuTime = TimeSpan.Zero,
                SystemCpuTime = TimeSpan.Zero,
                MemoryPeakBytes = 0,
            },
            [],
            IsCached: false),
        default,
        Encoding.UTF8.GetBytes(error));
}
