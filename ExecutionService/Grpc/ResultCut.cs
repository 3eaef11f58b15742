using Google.Protobuf;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>Makes results of submissions small enough to be kept: artifacts go first, then the ends of output. What was found out stays.</summary>
internal static class ResultCut
{
    /// <summary>Left of each stream at most, when output has to go.</summary>
    private const int KeptOutputBytes = 4 * 1024;

    private const string ArtifactsLeftOut = "Its artifacts were too large to be kept.";

    /// <returns>Whether anything was left out.</returns>
    public static bool Apply(IMessage response, int maxBytes)
    {
        if (response.CalculateSize() <= maxBytes)
            return false;
        switch (response)
        {
            case ExecuteResponse execution:
                Cut(execution, maxBytes);
                break;
            case JudgeResponse judgement:
                Cut(judgement, maxBytes);
                break;
        }
        return true;
    }

    private static void Cut(ExecuteResponse execution, int maxBytes)
    {
        if (execution.Artifacts.Count > 0 && execution.Run is { } run)
        {
            execution.Artifacts.Clear();
            run.Message = run.Message.Length == 0 ? ArtifactsLeftOut : $"{run.Message} {ArtifactsLeftOut}";
        }
        if (execution.CalculateSize() <= maxBytes)
            return;
        Cut(execution.Compile, KeptOutputBytes);
        Cut(execution.Run, KeptOutputBytes);
    }

    private static void Cut(JudgeResponse judgement, int maxBytes)
    {
        var stages = judgement.Compiled.Select(compiled => compiled.Result).Concat(judgement.Tests.Select(test => test.Run)).OfType<StageResult>().ToList();
        // An equal share for each stream, half of what there is: the rest is for what is told beside.
        var share = Math.Min(KeptOutputBytes, maxBytes / 2 / Math.Max(1, 2 * stages.Count));
        foreach (var stage in stages)
            Cut(stage, share);
    }

    private static void Cut(StageResult? stage, int maxBytes)
    {
        if (stage is null)
            return;
        stage.StdoutTruncated |= stage.Stdout.Length > maxBytes;
        stage.StderrTruncated |= stage.Stderr.Length > maxBytes;
        stage.Stdout = ByteString.CopyFrom(stage.Stdout.Span[..Math.Min(stage.Stdout.Length, maxBytes)]);
        stage.Stderr = ByteString.CopyFrom(stage.Stderr.Span[..Math.Min(stage.Stderr.Length, maxBytes)]);
    }
}
