using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using OnlineCompiler.Bench.Application;
using OnlineCompiler.Bench.Measuring;

namespace OnlineCompiler.Bench.Overload;

/// <summary>
/// Ten times as many requests as can be served, from a process of its own with the lowest priority; and what becomes of ordinary ones
/// that come all the while, which are admitted and refused as those are. The service is set for latency: it lets no more run than there
/// are processors, and as many wait.
/// </summary>
internal static class OverloadCommand
{
    private const int Times = 10;
    private const double OrdinaryShare = 0.3;
    private const double RefusalBarMilliseconds = 50;
    private const double AdmittedBar = 3;
    private const string Flooder = "198.51.100.1";
    private static readonly TimeSpan _unloaded = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(int seconds)
    {
        var places = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
        await using var application = await BenchApplication.StartAsync(
            ("Execution__MaxConcurrent", places), ("Execution__MaxConcurrentPerCaller", places), ("Execution__MaxQueued", places));
        // A service that has just started compiles while it serves, and has half of its capacity.
        await CapacityAsync(application);
        var capacity = await CapacityAsync(application);
        var calm = (await SendAsync(application, capacity * OrdinaryShare, _unloaded)).GetValueOrDefault(200) ?? new Samples();

        var flood = Flood.Start(application.Address, Flooder, capacity * Times);
        var from = Stopwatch.GetTimestamp();
        await Task.Delay(_warmUp);
        var answers = await SendAsync(application, capacity * OrdinaryShare, TimeSpan.FromSeconds(seconds));
        var flooded = await flood.StopAsync();
        var floodedPerSecond = flooded.Sum(answer => answer.Count) / Stopwatch.GetElapsedTime(from).TotalSeconds;

        var admitted = answers.GetValueOrDefault(200) ?? new Samples();
        var refused = answers.GetValueOrDefault(429) ?? new Samples();
        var failures = answers.Where(answer => answer.Key >= 500).Sum(answer => answer.Value.Count) + flooded.Where(answer => answer.Status >= 500).Sum(answer => answer.Count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Capacity {capacity:0} runs/s of a Python hello; {Times} times that for {seconds} s, of which {floodedPerSecond:0} a second were answered"));
        Console.WriteLine($"  unloaded  {calm}   p99 {calm.At(0.99):0.0} ms");
        Console.WriteLine($"  admitted  {admitted}   p99 {admitted.At(0.99):0.0} ms   {admitted.At(0.99) / calm.At(0.99):0.00} x (bar {AdmittedBar:0} x)   {admitted.Count} runs");
        Console.WriteLine($"  refused   {refused}   p99 {refused.At(0.99):0.0} ms (bar {RefusalBarMilliseconds:0} ms)   {refused.Count} requests");
        Console.WriteLine($"  the flood {string.Join("   ", flooded.Select(answer => $"{answer.Count} answers {answer.Status}"))}");
        Console.WriteLine($"  others    {failures} answers of 500 and above");
        return failures == 0 && refused.Count > 0 && refused.Median < RefusalBarMilliseconds && admitted.At(0.99) <= AdmittedBar * calm.At(0.99) ? 0 : 1;
    }

    /// <summary>With one that waits, so that no place is ever empty.</summary>
    private static async Task<double> CapacityAsync(BenchApplication application)
    {
        var (done, from) = (0, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount + 1).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(from) < TimeSpan.FromSeconds(5))
            {
                if (await AskAsync(application) == 200)
                    Interlocked.Increment(ref done);
            }
        })));
        return done / Stopwatch.GetElapsedTime(from).TotalSeconds;
    }

    /// <summary>Sends at a steady rate; nothing waits for an answer.</summary>
    private static async Task<IReadOnlyDictionary<int, Samples>> SendAsync(BenchApplication application, double perSecond, TimeSpan duration)
    {
        var answers = new ConcurrentDictionary<int, Samples>();
        var sent = new List<Task>();
        var from = Stopwatch.GetTimestamp();
        for (var number = 0; Stopwatch.GetElapsedTime(from) < duration; number++)
        {
            while (Stopwatch.GetElapsedTime(from).TotalSeconds < number / perSecond)
                await Task.Delay(1);
            sent.Add(Task.Run(async () =>
            {
                var asked = Stopwatch.GetTimestamp();
                var status = await AskAsync(application);
                answers.GetOrAdd(status, _ => new Samples()).Add(Stopwatch.GetElapsedTime(asked));
            }));
        }
        await Task.WhenAll(sent);
        return answers;
    }

    private static async Task<int> AskAsync(BenchApplication application)
    {
        using var answer = await application.Http.PostAsJsonAsync("/api/v1/executions", BenchProgram.Python.Body(BenchProgram.Python.NextText()));
        await answer.Content.ReadAsByteArrayAsync();
        return (int)answer.StatusCode;
    }
}
