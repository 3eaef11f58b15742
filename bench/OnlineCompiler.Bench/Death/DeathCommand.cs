using System.Diagnostics;
using System.Text;
using OnlineCompiler.Bench.Measuring;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.Bench.Death;

/// <summary>
/// How long it takes from the decision to kill until a program that does not want to die has executed its last instruction,
/// and until the host has nothing left of it.
/// </summary>
internal static class DeathCommand
{
    private const double PromisedMilliseconds = 100;

    public static async Task<int> RunAsync(int runs)
    {
        await using var service = BenchService.Start(("Sandbox:Prepared:Enabled", "false"));
        var isKept = true;
        Console.WriteLine($"From the decision, {runs} times each (promised: the last instruction within {PromisedMilliseconds} ms, with default limits the last process too)");
        foreach (var program in DyingProgram.All)
        {
            var (instructions, processes) = (new Samples(), new Samples());
            for (var run = 0; run < runs; run++)
            {
                var (lastInstruction, lastProcess) = await MeasureAsync(service.Sandbox, program);
                instructions.Add(lastInstruction);
                processes.Add(lastProcess);
            }
            isKept &= instructions.Median <= PromisedMilliseconds && (!program.HasDefaultLimits || processes.Median <= PromisedMilliseconds);
            Console.WriteLine($"  {program.Name}");
            Console.WriteLine($"    last instruction {instructions}   at most {instructions.Highest:0.0} ms");
            Console.WriteLine($"    last process     {processes}   at most {processes.Highest:0.0} ms");
            if (!program.HasDefaultLimits && Posix.IsRoot && program.Arguments[0] != "bomb")
            {
                var bare = await BareDeath.MeasureAsync(program, runs);
                Console.WriteLine($"    bare kernel      {bare}   at most {bare.Highest:0.0} ms   ours: {processes.Over(bare):0.00} x");
            }
        }
        return isKept ? 0 : 1;
    }

    private static async Task<(TimeSpan LastInstruction, TimeSpan LastProcess)> MeasureAsync(ISandbox sandbox, DyingProgram program)
    {
        // Found by this in the host's list of processes, which knows nothing of sandboxes.
        var mark = $"mark-{Guid.NewGuid():N}";
        await using var run = await sandbox.StartAsync(program.Order(mark), CancellationToken.None);
        var said = new StringBuilder();
        var decided = 0L;
        Stamps? stamps = null;
        try
        {
            await foreach (var happened in run.ReadEventsAsync(CancellationToken.None))
            {
                if (happened is SandboxOutput output && decided == 0)
                {
                    said.Append(Encoding.UTF8.GetString(output.Data.Span));
                    if (!said.ToString().Contains("ready", StringComparison.Ordinal))
                        continue;
                    await Task.Delay(TimeSpan.FromMilliseconds(300));
                    stamps = Stamps.Open(Marked(mark).FirstOrDefault() ?? throw new InvalidOperationException("The program cannot be seen from outside, so its death could not be either."));
                    decided = Stopwatch.GetTimestamp();
                    if (stamps.LastAfter(decided) < TimeSpan.FromMilliseconds(-200))
                        throw new InvalidOperationException("The program does not write what time it is, so its last instruction could not be seen.");
                    run.Kill(SandboxOutcome.Cancelled, "Measured.");
                }
                if (happened is SandboxExited exited)
                {
                    var taken = Stopwatch.GetElapsedTime(decided);
                    if (stamps is null)
                        throw new InvalidOperationException($"The program ended before it was to be killed: {exited.Report.Outcome} {exited.Report.Message} {said}");
                    if (Marked(mark).Any())
                        throw new InvalidOperationException("Processes are left after the end was reported.");
                    var last = stamps.LastAfter(decided);
                    return (last > TimeSpan.Zero ? last : TimeSpan.Zero, taken);
                }
            }
        }
        finally
        {
            stamps?.Dispose();
        }
        throw new InvalidOperationException("The run ended without a report.");
    }

    /// <summary>Folders in /proc.</summary>
    private static IEnumerable<string> Marked(string mark) =>
        Directory.GetDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]) && Environment(folder).Contains(mark, StringComparison.Ordinal));

    private static string Environment(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "environ"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has just ended, or is another's.
            return "";
        }
    }
}
