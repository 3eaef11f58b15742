using System.Collections.Concurrent;
using OnlineCompiler.Hostile.Tests.Witness;

namespace OnlineCompiler.Hostile.Tests.RandomSources;

/// <summary>The property that holds for every source there is: it comes to a well-formed end, and the host does not notice.</summary>
public sealed class RandomSourceTests(WatchedHost host)
{
    private const int Programs = 500;
    private const int AtOnce = 4;

    [Fact]
    public async Task Whatever_the_source_the_end_is_well_formed()
    {
        // Another seed every day, and any seed again by this variable.
        var seed = Environment.GetEnvironmentVariable("HOSTILE_SEED") is { } chosen ? int.Parse(chosen) : (int)(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 86_400);
        var random = new RandomProgram(new Random(seed), await host.ReadSamplesAsync());
        var requests = Enumerable.Range(0, Programs).Select(_ => random.Next()).ToList();
        var wrong = new ConcurrentQueue<string>();

        await host.WatchAsync(client => Parallel.ForEachAsync(
            requests,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken },
            async (request, token) =>
            {
                try
                {
                    var answer = await client.ExecuteAsync(request, cancellationToken: token);
                    foreach (var violation in WellFormed.Violations(request, answer))
                        wrong.Enqueue($"{violation}\n  request: {request}\n  answer: {answer}");
                }
                catch (global::Grpc.Core.RpcException exception)
                {
                    wrong.Enqueue($"refused with {exception.Status}\n  request: {request}");
                }
            }));

        Assert.True(wrong.IsEmpty, $"HOSTILE_SEED={seed}: {wrong.Count} of {Programs} came to no well-formed end:\n{string.Join('\n', wrong.Take(5))}");
    }
}
