using global::Grpc.Core;
using Google.Protobuf;
using Google.Rpc;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Judging;

public sealed class InvalidJudgementTests(ServiceFixture service)
{
    [Fact]
    public async Task What_is_required_is_named()
    {
        var violations = await RefuseAsync(new JudgeRequest());

        Assert.Equal(["program", "tests"], violations.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Everything_wrong_is_told_at_once_with_its_place()
    {
        var request = Judgements.Judge(
            Requests.Python("x", limits: new Limits { WallTimeLimitMs = 60_001 }),
            Judgements.Test("", "", "a\0b"),
            new JudgeTest { Id = "same", Points = -1, Limits = new Limits { MemoryLimitBytes = 1, CompileWallTimeLimitMs = 5 } },
            new JudgeTest { Id = "same", Points = double.NaN },
            new JudgeTest { Id = new string('x', 65), Input = ByteString.CopyFrom(new byte[(4 << 20) + 1]) });
        request.Program.Stdin = ByteString.CopyFromUtf8("x");
        request.Program.Arguments.Add("x");
        request.Program.Collect.Add("*.png");
        request.Program.Version = "three";
        request.CheckedBy("x");
        request.Checker.Language = "pyhton";
        request.Checker.Files.Add(Requests.File("answer", "x"));
        request.Checker.Files.Add(Requests.File("input/x", "x"));

        var violations = await RefuseAsync(request);

        Assert.Equal(
            [
                "checker.files[1].path", "checker.files[2].path", "checker.language",
                "program.arguments", "program.collect", "program.limits.wall_time_limit_ms", "program.stdin", "program.version",
                "tests[0].arguments[0]", "tests[1].limits.compile_wall_time_limit_ms", "tests[1].limits.memory_limit_bytes", "tests[1].points",
                "tests[2].id", "tests[2].points", "tests[3].id", "tests[3].input",
            ],
            violations.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("did you mean \"python\"", violations["checker.language"]);
    }

    [Fact]
    public async Task Too_much_is_told()
    {
        var many = Judgements.Judge(Requests.Python("x"), [.. Enumerable.Range(0, 1001).Select(_ => new JudgeTest())]);
        Assert.Contains("at most 1000 tests, not 1001", (await RefuseAsync(many))["tests"]);

        var large = ByteString.CopyFrom(new byte[4 << 20]);
        var much = Judgements.Judge(Requests.Python("x"), [.. Enumerable.Range(0, 4).Select(_ => new JudgeTest { Input = large }), Judgements.Test("", "x")]);
        Assert.Contains("16 MiB", (await RefuseAsync(much))["tests"]);
    }

    [Theory]
    [InlineData(Comparison.Types.Mode.Numbers, -1.0, null, "comparison.absolute_tolerance")]
    [InlineData(Comparison.Types.Mode.Numbers, null, double.PositiveInfinity, "comparison.relative_tolerance")]
    [InlineData(Comparison.Types.Mode.Tokens, 1e-6, null, "comparison.absolute_tolerance")]
    [InlineData((Comparison.Types.Mode)99, null, null, "comparison.mode")]
    public async Task A_comparison_that_means_nothing_is_refused(Comparison.Types.Mode mode, double? absolute, double? relative, string field)
    {
        var request = Judgements.Judge(Requests.Python("x"), Judgements.Test("", ""));
        request.Comparison = new Comparison { Mode = mode };
        if (absolute is { } absoluteTolerance)
            request.Comparison.AbsoluteTolerance = absoluteTolerance;
        if (relative is { } relativeTolerance)
            request.Comparison.RelativeTolerance = relativeTolerance;

        Assert.Equal([field], (await RefuseAsync(request)).Keys);
    }

    [Fact]
    public async Task Exact_does_not_ignore_case()
    {
        var request = Judgements.Judge(Requests.Python("x"), Judgements.Test("", ""));
        request.Comparison = new Comparison { Mode = Comparison.Types.Mode.Exact, IgnoreCase = true };

        Assert.Equal(["comparison.ignore_case"], (await RefuseAsync(request)).Keys);
    }

    [Fact]
    public async Task A_version_that_is_not_installed_is_named_for_the_interactor_too()
    {
        var request = Judgements.Judge(Requests.Python("x"), Judgements.Test("", "")).TalkingWith("x");
        request.Interactor.Version = "^2";

        Assert.Equal(["interactor.version"], (await RefuseAsync(request)).Keys);
    }

    private async Task<Dictionary<string, string>> RefuseAsync(JudgeRequest request)
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await service.JudgeAsync(request));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        return error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations
            .GroupBy(violation => violation.Field)
            .ToDictionary(group => group.Key, group => string.Join("; ", group.Select(violation => violation.Description)));
    }
}
