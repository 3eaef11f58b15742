using System.Net;

namespace OnlineCompiler.Gateway.Tests;

/// <summary>What judgements take from the rate limit that they share with single runs.</summary>
public sealed class JudgementChargeTests
{
    private const string Path = "/api/v1/judgements";
    private const string Program = """{"language":"python","files":[{"path":"main.py","content":"x"}]}""";

    [Theory]
    [InlineData("", 10)]
    [InlineData($""","checker":{Program}""", 5)]
    [InlineData($""","interactor":{Program}""", 5)]
    public async Task A_judgement_costs_as_many_runs_as_it_makes(string judge, int testsForAll)
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:RateLimits:RunBurst", "10"), ("Gateway:RateLimits:RunsPerSecond", "1"));
        var all = Judgement(string.Join(',', Enumerable.Repeat("{}", testsForAll)), judge);

        Assert.Equal(HttpStatusCode.OK, (await gateway.PostAsync(Path, all)).StatusCode);

        // Nothing is left for a second one.
        var problem = await (await gateway.PostAsync(Path, all)).ProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.True((int?)problem["retryAfterSeconds"] >= 1);
        Assert.Equal(1, gateway.Services.Execution.JudgeCalls);
    }

    [Fact]
    public async Task A_single_run_is_refused_when_a_judgement_has_used_up_the_runs()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:RateLimits:RunBurst", "50"), ("Gateway:RateLimits:RunsPerSecond", "1"));

        // More than the bucket ever holds: it is emptied, and the judgement let through.
        Assert.Equal(HttpStatusCode.OK, (await gateway.PostAsync(Path, Judgement(string.Join(',', Enumerable.Repeat("{}", 200))))).StatusCode);

        // A token may have come back since; not twenty.
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.PostAsync("/api/v1/executions", Program)));
        await answers.First(answer => !answer.IsSuccessStatusCode).ProblemAsync(HttpStatusCode.TooManyRequests, "too-many-requests");
    }

    [Fact]
    public async Task A_judgement_of_one_test_costs_one_run()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:RateLimits:RunBurst", "3"), ("Gateway:RateLimits:RunsPerSecond", "1"));

        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, (await gateway.PostAsync(Path, Judgement("{}"))).StatusCode);
    }

    private static string Judgement(string tests, string more = "") => $$"""{"program":{{Program}},"tests":[{{tests}}]{{more}}}""";
}
