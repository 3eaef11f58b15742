using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OnlineCompiler.WholeApp.Tests.Executions;
using OnlineCompiler.WholeApp.Tests.Machine;

namespace OnlineCompiler.WholeApp.Tests.Submissions;

/// <summary>
/// Whatever is killed in the middle of 200 submissions, each of them has one right result in the end, and its callback has arrived.
/// One application meets one death after the other.
/// </summary>
public sealed class CrashTests
{
    private const int Count = 200;
    private const int Batch = 20;
    private const string MarkVariable = "OC_TEST_MARK";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <summary>Each process that is killed, by its resource; the store by its program.</summary>
    private static readonly (string Resource, string Process)[] Services =
        [("execution", "ExecutionService"), ("gateway", "Gateway"), ("session", "SessionService"), ("ai", "AiService"), ("web", "Web")];

    private static readonly string[] Victims = [.. Services.Select(service => service.Process), "redis-server"];

    [Fact]
    public async Task Killed_in_the_middle_of_200_submissions_none_costs_a_result_or_a_callback()
    {
        using var data = new TemporaryFolder();
        await using var receiver = await CallbackReceiver.StartAsync();
        var mark = $"{MarkVariable}={Guid.NewGuid():N}";
        await using var app = await OnlineCompilerApp.StartAsync(data.Path, [.. SettingsFor(receiver, mark)]);

        foreach (var victim in Victims)
        {
            var ids = await KillInTheMiddleAsync(victim, mark, data.Path, app, receiver);
            await Eventually.TrueAsync($"all callbacks arrive after the death of {victim}", Limit, () => ids.All(receiver.Received.ContainsKey));
            var answers = await Task.WhenAll(ids.Select(id => FindUntilThereAsync(app, id)));

            Assert.Equal(Enumerable.Range(0, Count).Select(i => $"{i}\n"), answers.Select(answer => answer["execution"]?["run"]?["stdout"].Text()));
            // The result that was told is the one that is kept: there never was another.
            Assert.All(answers.Zip(ids), pair =>
            {
                var told = receiver.Received[pair.Second];
                Assert.Equal(("submission.finished", pair.First["execution"]!["run"]!["stdout"].Text()), (told["type"].Text(), $"{told["context"].Text()}\n"));
                Assert.True(JsonNode.DeepEquals(pair.First["execution"], told["data"]!["execution"]));
            });
            if (victim == "ExecutionService")
                Assert.Contains(answers, answer => answer["attempts"]!.GetValue<int>() == 2);
        }
    }

    /// <summary>What waits, runs and is told of then are different ones.</summary>
    private static async Task<IReadOnlyList<string>> KillInTheMiddleAsync(string victim, string mark, string data, OnlineCompilerApp app, CallbackReceiver receiver)
    {
        var process = await FindAsync(victim, mark, data);
        var received = receiver.Received.Count;
        var ids = new List<string>();
        while (ids.Count < Count)
            ids.AddRange(await SubmitAsync(app, receiver, Enumerable.Range(ids.Count, Batch)));
        await Eventually.TrueAsync("some callbacks arrive", Limit, () => receiver.Received.Count >= received + Batch);

        Signals.Send(process.Id, Signals.Kill);

        Assert.True(receiver.Received.Count < received + Count, $"All was over before {victim} was killed.");
        await Eventually.TrueAsync($"{victim} is gone", Limit, () => !process.IsAlive);
        return ids;
    }

    private static IEnumerable<ServiceSetting> SettingsFor(CallbackReceiver receiver, string mark) =>
    [
        .. Services.Select(service => new ServiceSetting(service.Resource, MarkVariable, mark.Split('=')[1])),
        new("execution", "Submissions__Lease", "00:00:02"),
        new("gateway", "Gateway__Callbacks__AllowedNetworks__0", "127.0.0.0/8"),
        new("gateway", "Gateway__Callbacks__AllowedPorts__0", $"{receiver.Address.Port}"),
        new("gateway", "Gateway__Callbacks__Timeout", "00:00:01"),
        new("gateway", "Gateway__RateLimits__RunBurst", "100000"),
        new("gateway", "Gateway__RateLimits__RequestBurst", "100000"),
    ];

    private static async Task<IEnumerable<string>> SubmitAsync(OnlineCompilerApp app, CallbackReceiver receiver, IEnumerable<int> numbers)
    {
        var body = new
        {
            submissions = numbers.Select(number => new { execution = ExecutionRequests.Bash($"sleep 0.02; echo {number}"), callback = receiver.CallbackWith($"{number}") }),
        };
        using var response = await app.Http.PostAsJsonAsync("/api/v1/submissions/batch", body, TestContext.Current.CancellationToken);
        return (await response.ReadJsonAsync())["submissions"]!.AsArray().Select(answer => answer!["submission"]!["id"].Text());
    }

    /// <summary>Asks again while what was killed is away.</summary>
    private static async Task<JsonNode> FindUntilThereAsync(OnlineCompilerApp app, string id)
    {
        JsonNode? answer = null;
        await Eventually.TrueAsync($"{id} is found", Limit, async () => (answer = await FindAsync(app, id)) is not null);
        return answer!;
    }

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

    /// <summary>Of this application: the one that has its mark, or keeps its data.</summary>
    private static async Task<LinuxProcess> FindAsync(string victim, string mark, string data)
    {
        LinuxProcess? found = null;
        await Eventually.TrueAsync($"{victim} is there", Limit, () => (found = LinuxProcess.All().FirstOrDefault(process => victim == "redis-server"
            ? process.CommandLine.Contains(victim, StringComparison.Ordinal) && FolderOf(process) == data
            : IsService(process, victim) && HasVariable(process, mark))) is not null);
        return found!;
    }

    private static bool IsService(LinuxProcess process, string name) =>
        process.CommandLine.Contains($"{name}.dll", StringComparison.Ordinal) || process.CommandLine.EndsWith($"{name} ", StringComparison.Ordinal);

    private static bool HasVariable(LinuxProcess process, string variable)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/environ").Split('\0').Contains(variable);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string? FolderOf(LinuxProcess process)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{process.Id}/cwd", returnFinalTarget: false)?.FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
