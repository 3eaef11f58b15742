using System.Collections.Concurrent;
using System.Diagnostics;
using OnlineCompiler.Bench.Measuring;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Hostile.Tests.Soak;
using OnlineCompiler.Tests.RunningService;

namespace OnlineCompiler.Bench.Soak;

/// <summary>Mixed runs, a third of them hostile, four at a time; then the host must have what it had after the first ten.</summary>
internal static class SoakCommand
{
    private const int AtOnce = 4;
    private const int First = 10;

    public static async Task<int> RunAsync(int runs)
    {
        await using var service = BenchService.Start(("Execution:MaxConcurrent", "4"), ("Execution:MaxConcurrentPerCaller", "4"));
        var wrong = new ConcurrentBag<string>();
        await RunManyAsync(service, First, wrong);
        var before = await Traces.ReadSettledAsync(service);
        Console.WriteLine($"after {First,5} runs: {before}");

        Console.WriteLine(DescribeMemory());
        var from = Stopwatch.GetTimestamp();
        await RunManyAsync(service, runs, wrong);
        var taken = Stopwatch.GetElapsedTime(from);
        var after = await Traces.ReadSettledAsync(service);
        Console.WriteLine($"after {First + runs,5} runs: {after}");
        Console.WriteLine($"{runs} runs in {taken.TotalSeconds:0} s, {runs / taken.TotalSeconds:0.0} a second");
        Console.WriteLine(DescribeMemory());

        foreach (var said in wrong.Distinct())
            Console.WriteLine($"wrong: {said}");
        Console.WriteLine(before == after ? "Nothing has accumulated." : "Something has accumulated.");
        return before == after && wrong.IsEmpty ? 0 : 1;
    }

    /// <summary>Of this process, which is service and callers in one: what is used is what a leak would be in, the rest the collector keeps.</summary>
    private static string DescribeMemory()
    {
        var resident = Environment.WorkingSet >> 20;
        var committed = GC.GetGCMemoryInfo().TotalCommittedBytes >> 20;
        var used = GC.GetTotalMemory(forceFullCollection: true) >> 20;
        return $"memory: {resident} MiB resident, {committed} MiB of it the collector's, {used} MiB of these in use";
    }

    private static Task RunManyAsync(ServiceFixture service, int count, ConcurrentBag<string> wrong) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, token) =>
        {
            var program = MixedPrograms.All[number % MixedPrograms.All.Count];
            var answer = await service.Client.ExecuteAsync(program.Request, cancellationToken: token);
            if (!program.Outcomes.Contains(answer.Outcome))
            {
                var stage = answer.Run ?? answer.Compile;
                wrong.Add($"A program that {program.Name} ended in {answer.Outcome}: {stage.Message} {stage.Stdout.ToStringUtf8()} {stage.Stderr.ToStringUtf8()}");
            }
        });
}
