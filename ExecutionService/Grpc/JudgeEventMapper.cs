using Google.Protobuf;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Judging;
using JudgePart = OnlineCompiler.Execution.V1.JudgePart;
using Verdict = OnlineCompiler.Execution.V1.Verdict;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>Turns what happened to a judgement into the contract's messages. What a hidden test must not tell ends here.</summary>
internal static class JudgeEventMapper
{
    public static JudgeEvent Map(Judgement judgement, JudgementEvent happened) => happened switch
    {
        JudgementAccepted => new JudgeEvent
        {
            Accepted = new Accepted { RequestId = judgement.Program.RequestId, Language = judgement.Program.Language.Id, Version = judgement.Program.Version },
        },
        PartCompiled compiled => new JudgeEvent { Compiled = new JudgeCompiled { Part = Map(compiled.Part), Result = Map(compiled.Run) } },
        TestJudged judged => new JudgeEvent { TestFinished = Map(judged) },
        JudgementFinished finished => new JudgeEvent { Result = Map(judgement, finished) },
        _ => throw new InvalidOperationException($"{happened.GetType().Name} has no message."),
    };

    private static JudgeTestResult Map(TestJudged judged)
    {
        var (test, ruling) = (judged.Test, judged.Ruling);
        var result = new JudgeTestResult
        {
            Index = (uint)test.Index,
            Id = test.Id,
            Verdict = Map(ruling.Verdict),
            Score = ruling.Score,
            Points = test.Points,
            Hidden = test.IsHidden,
            Message = test.IsHidden ? "" : ruling.Message,
        };
        if (judged.Run is { } run)
            result.Run = test.IsHidden ? MapHidden(run) : Map(run);
        return result;
    }

    private static StageResult Map(ProgramRun run)
    {
        var result = EventMapper.MapResult(run.Stage);
        result.Stdout = UnsafeByteOperations.UnsafeWrap(run.Output);
        result.Stderr = UnsafeByteOperations.UnsafeWrap(run.Error);
        return result;
    }

    // An exit status, a signal, a traceback: each could carry a piece of the input out.
    private static StageResult MapHidden(ProgramRun run) => new()
    {
        Outcome = EventMapper.Map(run.Report.Outcome),
        WallTimeMs = run.Report.WallTime.TotalMilliseconds,
        UserCpuTimeMs = run.Report.UserCpuTime.TotalMilliseconds,
        SystemCpuTimeMs = run.Report.SystemCpuTime.TotalMilliseconds,
        MemoryPeakBytes = (ulong)run.Report.MemoryPeakBytes,
    };

    private static JudgeResult Map(Judgement judgement, JudgementFinished finished) => new()
    {
        RequestId = judgement.Program.RequestId,
        Language = judgement.Program.Language.Id,
        Version = judgement.Program.Version,
        Verdict = Map(finished.Verdict),
        Score = finished.Score,
        Points = finished.Points,
        AcceptedCount = (uint)finished.AcceptedCount,
        FailedCount = (uint)finished.FailedCount,
        SkippedCount = (uint)finished.SkippedCount,
        Message = finished.Message,
        QueueTimeMs = finished.QueueTime.TotalMilliseconds,
        Isolation = finished.Isolation is { } isolation ? EventMapper.Map(isolation) : Isolation.Unspecified,
    };

    private static JudgePart Map(Judging.JudgePart part) => part switch
    {
        Judging.JudgePart.Program => JudgePart.Program,
        Judging.JudgePart.Checker => JudgePart.Checker,
        _ => JudgePart.Interactor,
    };

    private static Verdict Map(Judging.Verdict verdict) => verdict switch
    {
        Judging.Verdict.Accepted => Verdict.Accepted,
        Judging.Verdict.WrongAnswer => Verdict.WrongAnswer,
        Judging.Verdict.PresentationError => Verdict.PresentationError,
        Judging.Verdict.TimeLimit => Verdict.TimeLimit,
        Judging.Verdict.MemoryLimit => Verdict.MemoryLimit,
        Judging.Verdict.OutputLimit => Verdict.OutputLimit,
        Judging.Verdict.RuntimeError => Verdict.RuntimeError,
        Judging.Verdict.CompilationError => Verdict.CompilationError,
        Judging.Verdict.Skipped => Verdict.Skipped,
        _ => Verdict.InternalError,
    };
}
