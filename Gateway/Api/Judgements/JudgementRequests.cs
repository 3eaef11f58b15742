using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Problems;
using Mode = OnlineCompiler.Execution.V1.Comparison.Types.Mode;

namespace OnlineCompiler.Gateway.Api.Judgements;

/// <summary>Turns bodies into requests. Here only what JSON cannot say by itself is checked: what is missing, null or one too many; the rest is the service's.</summary>
internal static class JudgementRequests
{
    /// <exception cref="ProblemException">Members are missing, null or one too many; names each.</exception>
    public static JudgeRequest ToRequest(this JudgementBody body, string caller, string fieldPrefix = "")
    {
        var errors = new FieldErrors(fieldPrefix);
        if (body.Program is null)
            errors.Add("program", "Required.");
        errors.RequireSome(body.Tests, "tests", "At least one test is needed.");
        if (new object?[] { body.Comparison, body.Checker, body.Interactor }.Count(judge => judge is not null) > 1)
            errors.Add(body.Interactor is null ? "checker" : "interactor", "Only one of comparison, checker and interactor can decide.");

        var request = new JudgeRequest { Program = ToProgram(body.Program, "program", errors), StopAtFirstFailure = body.StopAtFirstFailure };
        // Names this judgement in our logs, in the service's and in the answer.
        request.Program.RequestId = Guid.CreateVersion7().ToString("N");
        request.Program.Caller = caller;
        request.Tests.AddRange((body.Tests ?? []).Select((test, index) => ToTest(test, $"tests[{index}]", errors)));
        if (body.Comparison is not null)
            request.Comparison = ToComparison(body.Comparison);
        if (body.Checker is not null)
            request.Checker = ToProgram(body.Checker, "checker", errors);
        if (body.Interactor is not null)
            request.Interactor = ToProgram(body.Interactor, "interactor", errors);

        errors.ThrowIfAny();
        return request;
    }

    /// <summary>How many programs it runs; compiling is free, as it is for a single run.</summary>
    public static int Runs(this JudgeRequest request) =>
        request.Tests.Count * (request.JudgeCase is JudgeRequest.JudgeOneofCase.Checker or JudgeRequest.JudgeOneofCase.Interactor ? 2 : 1);

    private static ExecuteRequest ToProgram(PartBody? body, string field, FieldErrors errors)
    {
        if (body is null)
            return new ExecuteRequest();
        var execution = new ExecutionBody
        {
            Language = body.Language,
            Version = body.Version,
            Files = body.Files,
            EntryPoint = body.EntryPoint,
            CompilerArguments = body.CompilerArguments,
            Environment = body.Environment,
            Limits = body.Limits,
        };
        return execution.ToRequest(errors.Of(field));
    }

    private static JudgeTest ToTest(TestBody? body, string field, FieldErrors errors)
    {
        if (body is null)
        {
            errors.Add(field, "Must not be null.");
            return new JudgeTest();
        }

        var own = errors.Of(field);
        var test = new JudgeTest
        {
            Id = body.Id ?? "",
            Input = (body.Input ?? default).ToByteString(),
            ExpectedOutput = (body.ExpectedOutput ?? default).ToByteString(),
            Limits = ExecutionRequests.ToLimits(body.Limits, own),
            Hidden = body.Hidden,
        };
        test.Arguments.AddRange(own.Elements(body.Arguments, "arguments"));
        if (body.Points is { } points)
            test.Points = points;
        return test;
    }

    private static Comparison ToComparison(ComparisonBody body)
    {
        var comparison = new Comparison
        {
            Mode = body.Mode switch
            {
                ComparisonMode.Exact => Mode.Exact,
                ComparisonMode.Tokens => Mode.Tokens,
                ComparisonMode.NoWhiteSpace => Mode.NoWhiteSpace,
                ComparisonMode.Numbers => Mode.Numbers,
                _ => Mode.Lines,
            },
            IgnoreCase = body.IgnoreCase,
        };
        if (body.AbsoluteTolerance is { } absolute)
            comparison.AbsoluteTolerance = absolute;
        if (body.RelativeTolerance is { } relative)
            comparison.RelativeTolerance = relative;
        return comparison;
    }
}
