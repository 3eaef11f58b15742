using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OnlineCompiler.WholeApp.Tests.Executions;
using OnlineCompiler.WholeApp.Tests.Machine;

namespace OnlineCompiler.WholeApp.Tests.Submissions;

/// <summary>Whatever is killed in the middle, each submission has one right result in the end.</summary>
public sealed class CrashTests
{
    private const int Batch = 20;

    [Theory]
    [InlineData("ExecutionService", 60)]
    [InlineData("Gateway", 60)]
    [InlineData("redis-server", 60)]
    public async Task Killed_in_the_middle_of_many_submissions_it_costs_none_of_them(string victim, int count)
    {
        using var data = new TemporaryFolder();
        await using var app = await OnlineCompilerApp.StartAsync(data.Path, new ServiceSetting("execution", "Submissions__Lease", "00:00:02"));
        var mark = $"submitted-{Guid.NewGuid():N}";
        var ids = new List<string>();
        while (ids.Count < count)
            ids.AddRange(await SubmitAsync(app, Enumerable.Range(ids.Count, Batch).Select(i => $"(exec -a {mark} sleep 0.3); echo {i}")));
        var process = await Victims.FindAsync(victim, mark, app, data.Path);
        await EndAsync(app, ids[0]);
        await Eventually.TrueAsync("some run", TimeSpan.FromSeconds(30), async () => (await StatesAsync(app, ids.Skip(1).Take(Batch))).Contains("running"));

        Signals.Send(process.Id, Signals.Kill);

        var answers = await EndAllAsync(app, ids);
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"{i}\n"), answers.Select(answer => answer["execution"]?["run"]?["stdout"].Text()));
        if (victim == "ExecutionService")
            Assert.Contains(answers, answer => answer["attempts"]!.GetValue<int>() == 2);
        // The first result is the only one: asked again, nothing has changed.
        Assert.All(answers.Zip(await EndAllAsync(app, ids)), pair => Assert.True(JsonNode.DeepEquals(pair.First, pair.Second)));
        Assert.False(process.IsAlive);
    }

    private static async Task<IEnumerable<string>> SubmitAsync(OnlineCompilerApp app, IEnumerable<string> programs)
    {
        var body = new { submissions = programs.Select(program => new { execution = ExecutionRequests.Bash(program) }) };
        using var response = await app.Http.PostAsJsonAsync("/api/v1/submissions/batch", body, TestContext.Current.CancellationToken);
        return (await response.ReadJsonAsync())["submissions"]!.AsArray().Select(answer => answer!["submission"]!["id"].Text());
    }

    private static async Task<string[]> StatesAsync(OnlineCompilerApp app, IEnumerable<string> ids) =>
        await Task.WhenAll(ids.Select(async id => (await FindAsync(app, id))?["state"].Text() ?? ""));

    /// <summary>One after the other: all at once would ask more often than one caller may.</summary>
    private static async Task<IReadOnlyList<JsonNode>> EndAllAsync(OnlineCompilerApp app, IEnumerable<string> ids)
    {
        var answers = new List<JsonNode>();
        foreach (var id in ids)
            answers.Add(await EndAsync(app, id));
        return answers;
    }

    private static async Task<JsonNode> EndAsync(OnlineCompilerApp app, string id)
    {
        JsonNode? answer = null;
        await Eventually.TrueAsync(
            $"{id} has ended", TimeSpan.FromSeconds(60), async () => (answer = await FindAsync(app, id))?["state"].Text() is "finished" or "failed" or "cancelled");
        return answer!;
    }

    /// <summary>Null while what was killed is away.</summary>
    private static async Task<JsonNode?> FindAsync(OnlineCompilerApp app, string id)
    {
        try
        {
            using var response = await app.Http.GetAsync($"/api/v1/submissions/{id}", TestContext.Current.CancellationToken);
            return response.IsSuccessStatusCode ? await response.ReadJsonAsync() : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
