using System.Collections.Concurrent;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Hostile.Tests.Witness;

namespace OnlineCompiler.Hostile.Tests.Soak;

/// <summary>Nothing accumulates. The long form, thousands of runs, is a command in <c>bench/</c>.</summary>
public sealed class SoakTests(WatchedHost host)
{
    private const int FirstRuns = 10;
    private const int Runs = 150;
    private const int AtOnce = 4;

    [Fact]
    public async Task After_many_mixed_runs_the_host_is_as_after_the_first_few()
    {
        await host.WatchAsync(client => RunAsync(client, FirstRuns));
        await host.WatchAsync(client => RunAsync(client, Runs));
    }

    [Fact]
    public void A_third_of_the_mix_is_hostile()
    {
        Assert.Equal(MixedPrograms.All.Count, 3 * MixedPrograms.All.Count(program => program.IsHostile));
    }

    private static async Task RunAsync(Execution.V1.Execution.ExecutionClient client, int count)
    {
        var wrong = new ConcurrentQueue<string>();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, token) =>
        {
            var program = MixedPrograms.All[i % MixedPrograms.All.Count];
            var answer = await client.ExecuteAsync(program.Request, cancellationToken: token);
            if (!program.Outcomes.Contains(answer.Outcome))
                wrong.Enqueue($"The one that {program.Name} came to {answer}");
        });
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Take(5)));
    }
}
