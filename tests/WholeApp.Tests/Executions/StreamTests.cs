using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using OnlineCompiler.WholeApp.Tests.Application;

namespace OnlineCompiler.WholeApp.Tests.Executions;

public sealed class StreamTests(SharedApp shared)
{
    [Fact]
    public async Task Dots_arrive_as_they_are_printed()
    {
        var watch = Stopwatch.StartNew();
        var events = new List<(string Type, JsonNode Data, TimeSpan At)>();
        await foreach (var (type, data) in StreamAsync(ExecutionRequests.Bash("for i in 1 2 3 4 5 6 7 8 9 10; do printf .; sleep 0.2; done")))
            events.Add((type, data, watch.Elapsed));

        Assert.Equal("accepted", events[0].Type);
        Assert.Equal("stage", events[1].Type);
        Assert.Equal(["stageResult", "result"], events.TakeLast(2).Select(e => e.Type));
        var dots = events.Where(e => e.Type == "output").ToList();
        Assert.Equal("..........", string.Concat(dots.Select(e => e.Data["data"].Text())));
        Assert.True(dots.Count >= 5, $"Ten dots came in {dots.Count} pieces.");
        // The program takes two seconds; whoever waits for its end sees the first dot no earlier.
        Assert.True(events[^1].At - dots[0].At > TimeSpan.FromSeconds(1), "The first dot came with the end.");
    }

    [Fact]
    public async Task Both_stages_of_a_compiled_program_are_told()
    {
        var types = new List<string>();
        await foreach (var (type, data) in StreamAsync(ExecutionRequests.Program("c", "main.c", "#include <stdio.h>\nint main(void) { puts(\"hello\"); return 3; }")))
        {
            types.Add(type == "stage" ? $"stage {data["stage"].Text()}" : type);
            if (type == "result")
                Assert.Equal(3, data["run"]!["exitCode"]!.GetValue<int>());
        }

        Assert.Equal(["accepted", "stage compile", "stageResult", "stage run", "output", "stageResult", "result"], types);
    }

    private async IAsyncEnumerable<(string Type, JsonNode Data)> StreamAsync(object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/executions/stream") { Content = JsonContent.Create(body) };
        using var response = await shared.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);

        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken))
            yield return (item.EventType, JsonNode.Parse(item.Data)!);
    }
}
