using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Api.Judgements;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Api.Submissions;

/// <summary>Turns bodies into requests; the parts are checked as they are where they run at once.</summary>
internal static class SubmissionRequests
{
    /// <exception cref="ProblemException">Members are missing, null or one too many; names each.</exception>
    public static SubmitRequest ToRequest(this SubmissionBody? body, string caller)
    {
        if (body is null or { Execution: null, Judgement: null })
            throw ProblemException.ForField("execution", "Required, or a judgement.");
        if (body is { Execution: not null, Judgement: not null })
            throw ProblemException.ForField("judgement", "Only one of execution and judgement can be submitted.");

        return body.Execution is { } execution
            ? new SubmitRequest { Caller = caller, Execution = execution.ToRequest(caller, "execution.") }
            : new SubmitRequest { Caller = caller, Judgement = body.Judgement!.ToRequest(caller, "judgement.") };
    }

    /// <summary>How many programs it runs.</summary>
    public static int Runs(this SubmitRequest request) => request.Judgement?.Runs() ?? 1;
}
