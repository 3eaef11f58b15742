using System.Diagnostics;
using System.Globalization;
using OnlineCompiler.Bench.Application;
using OnlineCompiler.Bench.Measuring;

namespace OnlineCompiler.Bench.Fairness;

/// <summary>One anonymous caller sends twenty times as much as can be served: what another one notices, with the limits as they are by default.</summary>
internal static class FairnessCommand
{
    private const int Times = 20;
    private const double Bar = 1.5;
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

        var flood = Flood.Start(application.Address, Flooder, capacity * Times);
        await Task.Delay(_warmUp);
        var beside = await NeighbourAsync(application, duration);
        var answers = await flood.StopAsync();

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Capacity {capacity:0} runs/s of a Python hello; one caller asks for {Times} times that for {seconds} s"));
        Console.WriteLine($"  the other, alone    {calm}   {calm.Count} runs");
        Console.WriteLine($"  the other, beside   {beside}   {beside.Count} runs   {beside.Over(calm):0.00} x (bar {Bar:0.0} x)");
        Console.WriteLine($"  the flood           {string.Join("   ", answers.Select(answer => $"{answer.Count} answers {answer.Status}"))}");
        return beside.Count > 0 && beside.Over(calm) < Bar && answers.Any(answer => answer.Status == 429) ? 0 : 1;
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

    private static Task<int> RunAsync(BenchApplication application, string address) => Flood.SendAsync(application.Http, address);
}
