using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using OnlineCompiler.Bench.Application;
using OnlineCompiler.Bench.Measuring;

namespace OnlineCompiler.Bench.Fairness;

/// <summary>One anonymous caller sends twenty times as much as can be served: what another one notices, with the limits as they are by default.</summary>
internal static class FairnessCommand
{
    private const int Times = 20;
    private const double Bar = 1.5;
    private const int MaxUnanswered = 1_000;
    private const string Flooder = "198.51.100.1";
    private const string Neighbour = "198.51.100.2";

    // Well below what one caller may do.
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(int seconds)
    {
        await using var application = await BenchApplication.StartAsync(
            ("Gateway__TrustedProxies__Networks__0", "127.0.0.0/8"), ("Gateway__RateLimits__RunsPerSecond", "20"),
            ("Gateway__RateLimits__RunBurst", "200"), ("Gateway__RateLimits__ConcurrentRuns", "64"));
        var duration = TimeSpan.FromSeconds(seconds);
        var capacity = await CapacityAsync(application);
        var calm = await NeighbourAsync(application, duration);

        using var over = new CancellationTokenSource();
        var flood = FloodAsync(application, capacity * Times, over.Token);
        await Task.Delay(_warmUp);
        var beside = await NeighbourAsync(application, duration);
        await over.CancelAsync();
        var answers = await flood;

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Capacity {capacity:0} runs/s of a Python hello; one caller asks for {Times} times that for {seconds} s"));
        Console.WriteLine($"  the other, alone    {calm}   {calm.Count} runs");
        Console.WriteLine($"  the other, beside   {beside}   {beside.Count} runs   {beside.Over(calm):0.00} x (bar {Bar:0.0} x)");
        foreach (var (status, count) in answers.OrderBy(answer => answer.Key))
            Console.WriteLine($"  the flood: {status}      {count} answers");
        return beside.Count > 0 && beside.Over(calm) < Bar && answers.ContainsKey(429) ? 0 : 1;
    }

    /// <summary>Four callers without pause, each run in another's name, so that no limit of one counts.</summary>
    private static async Task<double> CapacityAsync(BenchApplication application)
    {
        var (done, from) = (0, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(from) < TimeSpan.FromSeconds(5))
            {
                var number = Interlocked.Increment(ref done);
                await RunAsync(application, $"203.0.113.{number % 250}");
            }
        })));
        return done / Stopwatch.GetElapsedTime(from).TotalSeconds;
    }

    private static async Task<Samples> NeighbourAsync(BenchApplication application, TimeSpan duration)
    {
        var samples = new Samples();
        for (var from = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(from) < duration; await Task.Delay(_interval))
        {
            var asked = Stopwatch.GetTimestamp();
            var status = await RunAsync(application, Neighbour);
            if (status != 200)
                throw new InvalidOperationException($"The other caller was answered with {status}.");
            samples.Add(Stopwatch.GetElapsedTime(asked));
        }
        return samples;
    }

    /// <summary>Sends at a steady rate; nothing waits for an answer, as long as a thousand are not owed.</summary>
    private static async Task<IReadOnlyDictionary<int, int>> FloodAsync(BenchApplication application, double perSecond, CancellationToken over)
    {
        var answers = new ConcurrentDictionary<int, int>();
        using var unanswered = new SemaphoreSlim(MaxUnanswered);
        var from = Stopwatch.GetTimestamp();
        for (var number = 0; !over.IsCancellationRequested; number++)
        {
            while (Stopwatch.GetElapsedTime(from).TotalSeconds < number / perSecond)
                await Task.Delay(1, CancellationToken.None);
            await unanswered.WaitAsync(CancellationToken.None);
            _ = Task.Run(
                async () =>
                {
                    answers.AddOrUpdate(await RunAsync(application, Flooder), 1, (_, count) => count + 1);
                    unanswered.Release();
                },
                CancellationToken.None);
        }
        for (var i = 0; i < MaxUnanswered; i++)
            await unanswered.WaitAsync(CancellationToken.None);
        return answers;
    }

    private static async Task<int> RunAsync(BenchApplication application, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/executions")
        {
            Content = JsonContent.Create(BenchProgram.Python.Body(BenchProgram.Python.NextText())),
        };
        request.Headers.Add("X-Forwarded-For", address);
        using var answer = await application.Http.SendAsync(request);
        await answer.Content.ReadAsByteArrayAsync();
        return (int)answer.StatusCode;
    }
}
