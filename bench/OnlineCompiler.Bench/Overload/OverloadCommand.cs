using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using OnlineCompiler.Bench.Application;
using OnlineCompiler.Bench.Measuring;

namespace OnlineCompiler.Bench.Overload;

/// <summary>Ten times as many requests as can be served, whether or not earlier ones are answered: what happens to all of them.</summary>
internal static class OverloadCommand
{
    private const int Times = 10;
    private const double RefusalBarMilliseconds = 50;
    private const double AdmittedBar = 3;
    private static readonly TimeSpan _unloaded = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(int seconds)
    {
        var places = Math.Max(2, Environment.ProcessorCount * 2).ToString(CultureInfo.InvariantCulture);
        await using var application = await BenchApplication.StartAsync(("Execution__MaxConcurrentPerCaller", places), ("Execution__MaxQueued", places));
        var capacity = await CapacityAsync(application);
        var (calm, _) = await SendAsync(application, capacity * 0.3, _unloaded);
        var (admitted, answers) = await SendAsync(application, capacity * Times, TimeSpan.FromSeconds(seconds));
        var refused = answers[429];
        var failures = answers.Where(answer => answer.Key >= 500).Sum(answer => answer.Value.Count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Capacity {capacity:0} runs/s of a Python hello; {Times} times that for {seconds} s"));
        Console.WriteLine($"  unloaded  {calm}   p99 {calm.At(0.99):0.0} ms");
        Console.WriteLine($"  admitted  {admitted}   p99 {admitted.At(0.99):0.0} ms   {admitted.At(0.99) / calm.At(0.99):0.00} x (bar {AdmittedBar:0} x)   {admitted.Count} runs");
        Console.WriteLine($"  refused   {refused}   p99 {refused.At(0.99):0.0} ms (bar {RefusalBarMilliseconds:0} ms)   {refused.Count} requests");
        Console.WriteLine($"  others    {failures} answers of 500 and above");
        return failures == 0 && refused.Count > 0 && refused.Median < RefusalBarMilliseconds && admitted.At(0.99) <= AdmittedBar * calm.At(0.99) ? 0 : 1;
    }

    private static async Task<double> CapacityAsync(BenchApplication application)
    {
        var (done, from) = (0, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(from) < TimeSpan.FromSeconds(5))
            {
                await application.ExecuteAsync(BenchProgram.Python.Body(BenchProgram.Python.NextText()));
                Interlocked.Increment(ref done);
            }
        })));
        return done / Stopwatch.GetElapsedTime(from).TotalSeconds;
    }

    /// <summary>Sends at a steady rate; nothing waits for an answer.</summary>
    private static async Task<(Samples Admitted, Dictionary<int, Samples> Answers)> SendAsync(BenchApplication application, double perSecond, TimeSpan duration)
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
                using var answer = await application.Http.PostAsJsonAsync("/api/v1/executions", BenchProgram.Python.Body(BenchProgram.Python.NextText()));
                await answer.Content.ReadAsByteArrayAsync();
                answers.GetOrAdd((int)answer.StatusCode, _ => new Samples()).Add(Stopwatch.GetElapsedTime(asked));
            }));
        }
        await Task.WhenAll(sent);
        var all = answers.ToDictionary();
        all.TryAdd(429, new Samples());
        return (all.GetValueOrDefault(200) ?? new Samples(), all);
    }
}
