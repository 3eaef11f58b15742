using System.Text;
using OnlineCompiler.Gateway.Tests.Services;

namespace OnlineCompiler.Gateway.Tests;

public sealed class RepeatedSubmissionTests
{
    private const string Path = "/api/v1/submissions";
    private const string Judgement = """{"program":{"language":"python","files":[{"path":"main.py","content":"x"}]},"tests":[{},{}]}""";

    [Theory]
    [InlineData(Path, $$"""{"judgement":{{Judgement}}}""")]
    [InlineData(Path + "/batch", $$"""{"submissions":[{"judgement":{{Judgement}}}]}""")]
    [InlineData("/api/v1/judgements", Judgement)]
    public async Task What_is_submitted_again_is_not_charged_again(string path, string body)
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:RateLimits:RunBurst", "6"), ("Gateway:RateLimits:RunsPerSecond", "1"));
        gateway.Services.Execution.OnSubmit = request =>
        {
            var submission = FakeExecution.Queued("sub-1");
            submission.Repeated = request.IdempotencyKey.StartsWith("again", StringComparison.Ordinal);
            return Task.FromResult(submission);
        };
        async Task<string> SubmitAsync(string key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Add("Prefer", "respond-async");
            request.Headers.Add("Idempotency-Key", key);
            using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
            return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }

        // Each costs two runs of six; a run comes back each second.
        await SubmitAsync("first");
        for (var i = 0; i < 20; i++)
            Assert.Contains("sub-1", await SubmitAsync("again"), StringComparison.Ordinal);
        var fresh = new List<string>();
        while (fresh.Count < 20 && !fresh.Any(answer => answer.Contains("too-many-requests", StringComparison.Ordinal)))
            fresh.Add(await SubmitAsync("other"));

        Assert.InRange(fresh.Count, 3, 19);
        Assert.DoesNotContain("too-many-requests", string.Concat(fresh.Take(2)), StringComparison.Ordinal);
    }
}
