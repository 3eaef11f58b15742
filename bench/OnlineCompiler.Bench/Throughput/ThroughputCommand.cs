using System.Diagnostics;
using System.Globalization;
using OnlineCompiler.Bench.Application;
using OnlineCompiler.Bench.Measuring;

namespace OnlineCompiler.Bench.Throughput;

/// <summary>Runs a second of four callers without pause, against four loops that spawn the bare toolchain.</summary>
internal static class ThroughputCommand
{
    private const int Callers = 4;
    private const int Turns = 3;

    private static readonly (BenchProgram Program, double Bar)[] _programs =
    [
        (BenchProgram.Python, 3), (BenchProgram.Bash, 0.8), (BenchProgram.Node, 0.9), (BenchProgram.Java, 1.5), (BenchProgram.Cpp, 2),
    ];

    /// <param name="seconds">Of each of the three turns of each side.</param>
    public static async Task<int> RunAsync(int seconds)
    {
        // One caller's share is three quarters of the places; here the four are one client.
        await using var application = await BenchApplication.StartAsync(("Execution__MaxConcurrentPerCaller", Math.Max(2, Environment.ProcessorCount * 2).ToString(CultureInfo.InvariantCulture)));
        using var bare = new BareToolchain();
        var met = true;
        Console.WriteLine($"{Callers} callers, {Turns} turns of {seconds} s each, every text new");
        foreach (var (program, bar) in _programs)
        {
            var (theirs, ours) = (0.0, 0.0);
            for (var turn = 0; turn < Turns; turn++)
            {
                theirs += await RateAsync(seconds, () => bare.RunAsync(program, new Samples(), BareRounds(program)), BareRounds(program));
                ours += await RateAsync(seconds, async () => Answers.Check(await application.ExecuteAsync(program.Body(program.NextText())), program), 1);
            }
            var ratio = ours / theirs;
            met &= ratio >= bar;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {program.Name,-18} bare {theirs / Turns,7:0.0} runs/s   ours {ours / Turns,7:0.0} runs/s   {ratio:0.00} x (bar {bar:0.0} x){(ratio < bar ? "   MISSED" : "")}"));
        }
        return met ? 0 : 1;
    }

    /// <summary>Of one file, one after another: without the cost of starting processes from .NET.</summary>
    private static int BareRounds(BenchProgram program) => program == BenchProgram.Java || program == BenchProgram.Cpp ? 1 : 10;

    private static async Task<double> RateAsync(int seconds, Func<Task> runAsync, int counts)
    {
        var (done, from) = (0, Stopwatch.GetTimestamp());
        var last = from;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(from).TotalSeconds < seconds)
            {
                await runAsync();
                Interlocked.Add(ref done, counts);
                Interlocked.Exchange(ref last, Stopwatch.GetTimestamp());
            }
        })));
        // What was begun in time is finished and counted, and so is its time.
        return done / Stopwatch.GetElapsedTime(from, last).TotalSeconds;
    }
}
