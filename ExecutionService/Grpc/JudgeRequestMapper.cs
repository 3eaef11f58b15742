using System.Globalization;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Judging;
using OnlineCompiler.ExecutionService.Judging.Comparing;
using OnlineCompiler.ServiceDefaults;
using Comparison = OnlineCompiler.ExecutionService.Judging.Comparing.Comparison;
using JudgeTest = OnlineCompiler.ExecutionService.Judging.JudgeTest;
using Language = OnlineCompiler.ExecutionService.Languages.Language;
using Mode = OnlineCompiler.Execution.V1.Comparison.Types.Mode;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>Turns a request into a judgement, or says everything that is wrong with it.</summary>
internal sealed class JudgeRequestMapper(RequestMapper requests, JudgeRequestValidator validator)
{
    /// <exception cref="global::Grpc.Core.RpcException">INVALID_ARGUMENT or, when a toolchain or the sandbox is missing, FAILED_PRECONDITION.</exception>
    public Task<Judgement> MapAsync(JudgeRequest request, CancellationToken cancellationToken) => MapAsync(request, new FieldViolations(), cancellationToken);

    /// <param name="request">What is to be judged.</param>
    /// <param name="violations">Where everything that is wrong is named.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="global::Grpc.Core.RpcException">As above.</exception>
    public async Task<Judgement> MapAsync(JudgeRequest request, FieldViolations violations, CancellationToken cancellationToken)
    {
        violations.AddIf(request.Program is null, "program", "is required");
        var program = Check(request.Program, "program", violations);
        var (judgeField, judgeRequest) = request.JudgeCase == JudgeRequest.JudgeOneofCase.Interactor ? ("interactor", request.Interactor) : ("checker", request.Checker);
        var judge = Check(judgeRequest, judgeField, violations);
        if (judgeRequest is not null)
            JudgeRequestValidator.CheckJudgesFiles(judgeRequest, violations.Of(judgeField));
        validator.Validate(request, violations);
        violations.ThrowIfAny();

        var execution = await requests.MapAsync(request.Program!, program!, violations.Of("program"), cancellationToken);
        return new Judgement
        {
            Program = execution,
            Tests = [.. request.Tests.Select((test, index) => Map(test, index, execution))],
            Judge = judge is null
                ? new ComparingJudge(Map(request.Comparison))
                : MapJudge(request, await requests.MapAsync(judgeRequest!, judge, violations.Of(judgeField), cancellationToken), execution),
            StopsAtFirstFailure = request.StopAtFirstFailure,
        };
    }

    /// <summary>As given, else its number from 1.</summary>
    public static string IdOf(Execution.V1.JudgeTest test, int index) => test.Id.Length > 0 ? test.Id : (index + 1).ToString(CultureInfo.InvariantCulture);

    private Language? Check(ExecuteRequest? part, string field, FieldViolations violations)
    {
        if (part is null)
            return null;
        JudgeRequestValidator.CheckPart(part, violations.Of(field));
        return requests.Check(part, isInteractive: false, violations.Of(field));
    }

    private static Judge MapJudge(JudgeRequest request, Executions.Execution judge, Executions.Execution program)
    {
        // One judgement, one name in logs and queues.
        judge = judge with { RequestId = program.RequestId, Caller = program.Caller };
        return request.JudgeCase == JudgeRequest.JudgeOneofCase.Interactor ? new InteractingJudge(judge) : new CheckingJudge(judge);
    }

    private static JudgeTest Map(Execution.V1.JudgeTest test, int index, Executions.Execution program) => new()
    {
        Index = index,
        Id = IdOf(test, index),
        Input = test.Input.Memory,
        ExpectedOutput = test.ExpectedOutput.Memory,
        Arguments = test.Arguments,
        Limits = test.Limits is { } limits ? RequestMapper.MapLimits(limits).Over(program.Limits) : program.Limits,
        Points = test.HasPoints ? test.Points : 1,
        IsHidden = test.Hidden,
    };

    private static Comparison Map(Execution.V1.Comparison? comparison)
    {
        if (comparison is null)
            return new Comparison();
        var isDefault = !comparison.HasAbsoluteTolerance && !comparison.HasRelativeTolerance;
        return new Comparison
        {
            Mode = comparison.Mode switch
            {
                Mode.Exact => ComparisonMode.Exact,
                Mode.Tokens => ComparisonMode.Tokens,
                Mode.NoWhiteSpace => ComparisonMode.NoWhiteSpace,
                Mode.Numbers => ComparisonMode.Numbers,
                _ => ComparisonMode.Lines,
            },
            IgnoresCase = comparison.IgnoreCase,
            AbsoluteTolerance = isDefault ? Comparison.DefaultTolerance : comparison.AbsoluteTolerance,
            RelativeTolerance = isDefault ? Comparison.DefaultTolerance : comparison.RelativeTolerance,
        };
    }
}
