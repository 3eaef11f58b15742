using OnlineCompiler.Execution.V1;
using OnlineCompiler.ServiceDefaults;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>Checks what a judgement has besides its programs.</summary>
internal sealed class JudgeRequestValidator(RequestValidator requests)
{
    private const int MaxTests = 1000;
    private const int MaxIdLength = 64;
    private const int MaxExpectedBytes = 16 * 1024 * 1024;
    private const long MaxTestBytes = 16 * 1024 * 1024;
    private const double MaxPoints = 1_000_000;

    public void Validate(JudgeRequest request, FieldViolations violations)
    {
        CheckTests(request, violations);
        if (request.Comparison is { } comparison)
            CheckComparison(comparison, violations.Of("comparison"));
    }

    /// <summary>What the judge gives a program, its author cannot.</summary>
    public static void CheckPart(ExecuteRequest program, FieldViolations violations)
    {
        violations.AddIf(!program.Stdin.IsEmpty, "stdin", "must be empty in a judgement");
        violations.AddIf(program.Arguments.Count > 0, "arguments", "must be empty in a judgement");
        violations.AddIf(program.Collect.Count > 0, "collect", "must be empty in a judgement");
    }

    /// <summary>Its workspace gets files of these names.</summary>
    public static void CheckJudgesFiles(ExecuteRequest program, FieldViolations violations)
    {
        for (var i = 0; i < program.Files.Count; i++)
        {
            var first = program.Files[i].Path.Split('/')[0];
            violations.AddIf(
                first is Judging.TestJudge.InputFile or Judging.TestJudge.OutputFile or Judging.TestJudge.AnswerFile,
                $"files[{i}].path",
                $"\"{first}\" is one of the files that the test gives");
        }
    }

    private void CheckTests(JudgeRequest request, FieldViolations violations)
    {
        violations.AddIf(request.Tests.Count == 0, "tests", "must hold at least one test");
        violations.AddIf(request.Tests.Count > MaxTests, "tests", $"must hold at most {MaxTests} tests, not {request.Tests.Count}");
        violations.AddIf(
            request.Tests.Sum(test => (long)test.Input.Length + test.ExpectedOutput.Length) > MaxTestBytes,
            "tests",
            "must have at most 16 MiB of input and expected output together");
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(request.Tests.Count, MaxTests); i++)
        {
            var test = request.Tests[i];
            var own = violations.Of($"tests[{i}]");
            CheckTest(test, own);
            own.AddIf(!ids.Add(JudgeRequestMapper.IdOf(test, i)), "id", $"\"{Cut(JudgeRequestMapper.IdOf(test, i))}\" is there twice");
        }
    }

    private void CheckTest(JudgeTest test, FieldViolations violations)
    {
        violations.AddIf(test.Id.Length > MaxIdLength, "id", $"must be at most {MaxIdLength} characters");
        violations.AddIf(test.Input.Length > RequestValidator.MaxStdinBytes, "input", $"must be at most 4 MiB, not {test.Input.Length} bytes");
        violations.AddIf(test.ExpectedOutput.Length > MaxExpectedBytes, "expected_output", $"must be at most 16 MiB, not {test.ExpectedOutput.Length} bytes");
        violations.AddIf(test.HasPoints && !(test.Points >= 0 && test.Points <= MaxPoints), "points", $"must be from 0 to {MaxPoints:0}");
        RequestValidator.CheckArguments(violations, test.Arguments);
        if (test.Limits is not { } limits)
            return;
        requests.CheckLimits(violations, limits);
        violations.AddIf(limits.CompileWallTimeLimitMs > 0, "limits.compile_wall_time_limit_ms", "is for the program: it is compiled once");
        violations.AddIf(limits.CompileMemoryLimitBytes > 0, "limits.compile_memory_limit_bytes", "is for the program: it is compiled once");
    }

    private static void CheckComparison(Comparison comparison, FieldViolations violations)
    {
        violations.AddIf(!Enum.IsDefined(comparison.Mode), "mode", "must be one of those there are");
        violations.AddIf(comparison is { IgnoreCase: true, Mode: Comparison.Types.Mode.Exact }, "ignore_case", "must be false: exact is exact");
        CheckTolerance(comparison.HasAbsoluteTolerance, comparison.AbsoluteTolerance, "absolute_tolerance");
        CheckTolerance(comparison.HasRelativeTolerance, comparison.RelativeTolerance, "relative_tolerance");

        void CheckTolerance(bool isGiven, double tolerance, string field)
        {
            violations.AddIf(isGiven && !(tolerance >= 0 && double.IsFinite(tolerance)), field, "must be 0 or more, and finite");
            violations.AddIf(isGiven && comparison.Mode != Comparison.Types.Mode.Numbers, field, "is only for numbers");
        }
    }

    private static string Cut(string id) => id.Length <= MaxIdLength ? id : id[..MaxIdLength];
}
