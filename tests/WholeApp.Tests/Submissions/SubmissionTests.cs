using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using OnlineCompiler.WholeApp.Tests.Application;
using OnlineCompiler.WholeApp.Tests.Executions;

namespace OnlineCompiler.WholeApp.Tests.Submissions;

public sealed class SubmissionTests(SharedApp shared)
{
    [Fact]
    public async Task Who_prefers_not_to_wait_finds_the_result_where_the_answer_says()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/executions") { Content = JsonContent.Create(ExecutionRequests.Python("print(input()[::-1])", "abc")) };
        request.Headers.Add("Prefer", "respond-async");

        using var accepted = await shared.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var last = await LastEventAsync($"{accepted.Headers.Location}/events");
        var answer = await shared.Http.GetFromJsonAsync<JsonNode>(accepted.Headers.Location, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Equal("finished", last["state"].Text());
        Assert.Equal("cba\n", last["execution"]!["run"]!["stdout"].Text());
        Assert.True(JsonNode.DeepEquals(last["execution"], answer!["execution"]));
    }

    [Fact]
    public async Task What_is_cancelled_stays_cancelled()
    {
        using var accepted = await shared.Http.PostAsJsonAsync("/api/v1/submissions", new { execution = ExecutionRequests.Bash("sleep 30") }, TestContext.Current.CancellationToken);

        using var cancelled = await shared.Http.DeleteAsync(accepted.Headers.Location, TestContext.Current.CancellationToken);

        Assert.Equal("cancelled", (await cancelled.ReadJsonAsync())["state"].Text());
        Assert.Equal("cancelled", (await LastEventAsync($"{accepted.Headers.Location}/events"))["state"].Text());
    }

    private async Task<JsonNode> LastEventAsync(string path)
    {
        JsonNode? last = null;
        await using var stream = await shared.Http.GetStreamAsync(path, TestContext.Current.CancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken))
            last = JsonNode.Parse(item.Data);
        return last ?? throw new InvalidOperationException("No event came.");
    }
}
