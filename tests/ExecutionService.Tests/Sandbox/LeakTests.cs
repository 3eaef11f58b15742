using System.Globalization;
using global::Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Sandbox.Namespaces;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

/// <summary>Nothing accumulates, however runs end.</summary>
public sealed class LeakTests
{
    /// <summary>A third of them hostile.</summary>
    private static readonly ExecuteRequest[] _mixed =
    [
        Requests.Bash("echo fine"),
        Requests.Python("print(sum(range(1000)))"),
        Requests.Bash("cat", "through"),
        Requests.Bash("mkdir -p a/b/c; touch a/b/c/d; exit 3"),
        Requests.Bash("setsid sleep 60 & sleep 60 & echo left behind"),
        Requests.Bash("trap '' TERM INT HUP; sleep 60", limits: new Limits { WallTimeLimitMs = 100 }),
    ];

    [Fact]
    public async Task Many_runs_later_the_host_has_what_it_had_after_a_few()
    {
        await using var service = new ServiceFixture(new Dictionary<string, string> { ["Execution:MaxConcurrent"] = "4" });
        await RunManyAsync(service, 24);
        var before = await SettledTracesAsync(service);

        await RunManyAsync(service, 180);
        await AbandonSomeAsync(service, 12);

        Assert.Equal(before, await SettledTracesAsync(service));
    }

    [Fact]
    public async Task Whoever_asks_a_sandbox_to_end_gets_it_ended_the_second_too()
    {
        var state = Directory.CreateTempSubdirectory("state-");
        await using (var service = new ServiceFixture(new Dictionary<string, string> { ["Sandbox:StateDirectory"] = state.FullName }))
        {
            await RunManyAsync(service, 1);
            Assert.NotEmpty(state.GetDirectories());
            var sandbox = service.Service<NamespaceSandbox>();

            var first = sandbox.DisposeAsync();
            await sandbox.DisposeAsync();

            Assert.Empty(state.GetDirectories());
            await first;
        }
        state.Delete();
    }

    /// <summary>Waits until nothing changes any more: the last processes of a run go a moment after its answer.</summary>
    private static async Task<Traces> SettledTracesAsync(ServiceFixture service)
    {
        var prepared = service.Service<NamespaceSandbox>().Prepared!;
        await prepared.RestAsync();
        var last = ReadTraces(service);
        for (var (attempt, unchanged) = (0, 0); attempt < 100 && unchanged < 5; attempt++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            var now = ReadTraces(service);
            unchanged = now == last ? unchanged + 1 : 0;
            last = now;
        }
        prepared.Resume();
        return last;
    }

    private static async Task RunManyAsync(ServiceFixture service, int count) =>
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, token) =>
        {
            var answer = await service.Client.ExecuteAsync(_mixed[i % _mixed.Length], cancellationToken: token);
            Assert.NotEqual(Outcome.Unspecified, answer.Outcome);
        });

    private static async Task AbandonSomeAsync(ServiceFixture service, int count) =>
        await Parallel.ForAsync(0, count, async (_, token) =>
        {
            using var leaving = CancellationTokenSource.CreateLinkedTokenSource(token);
            using var call = service.Client.ExecuteStream(Requests.Bash("echo started; sleep 60"), cancellationToken: leaving.Token);
            while (await call.ResponseStream.MoveNext(token) && call.ResponseStream.Current.Output is null)
            {
            }
            await leaving.CancelAsync();
            await Assert.ThrowsAsync<RpcException>(async () =>
            {
                while (await call.ResponseStream.MoveNext(token))
                {
                }
            });
        });

    /// <summary>Processes of the zone, its mounts, and groups: what a run adds to the host while it lives.</summary>
    private sealed record Traces(int Processes, int Mounts, int Cgroups);

    private static Traces ReadTraces(ServiceFixture service)
    {
        // bubblewrap, its pid 1, and the launcher, whose mounts are the zone's.
        const int Launcher = 2;
        var sandbox = service.Service<NamespaceSandbox>();
        var zone = Descendants(sandbox.ZoneProcessId).ToList();
        return new Traces(
            zone.Count,
            File.ReadLines($"/proc/{zone[Launcher]}/mountinfo").Count(),
            sandbox.CgroupDirectories.Sum(directory => Directory.GetDirectories(directory).Length));
    }

    private static IEnumerable<int> Descendants(int processId)
    {
        yield return processId;
        foreach (var below in Children(processId).SelectMany(Descendants))
            yield return below;
    }

    private static IEnumerable<int> Children(int processId)
    {
        try
        {
            return [.. File.ReadAllText($"/proc/{processId}/task/{processId}/children")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(child => int.Parse(child, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            // It has just ended.
            return [];
        }
    }
}
