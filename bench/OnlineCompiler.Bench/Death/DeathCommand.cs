using System.Diagnostics;
using System.Text;
using OnlineCompiler.Bench.Measuring;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.Bench.Death;

/// <summary>How long it takes from the decision to kill until the host has nothing left of a program that does not want to die.</summary>
internal static class DeathCommand
{
    private const long LargeMemoryBytes = 2560L << 20;

    private static readonly (string Name, SandboxOrder Order)[] _programs =
    [
        ("a sleeping process", BenchService.Order(["sh", "-c", "echo ready; sleep 60"])),
        // They wait for each other: who forks among spinning children gets a five-hundredth of the processor and is never done.
        ("500 spinning processes", BenchService.Order(
            ["python3", "-c", "import os\ngate, open_gate = os.pipe()\nfor _ in range(499):\n    if os.fork() == 0:\n        os.close(open_gate)\n        os.read(gate, 1)\n        while True: pass\nprint('ready', flush=True)\nos.close(open_gate)\nwhile True: pass"], 1L << 30, processes: 510)),
        ("a live fork bomb of 500", BenchService.Order(
            ["python3", "-c", "import os, time\nprint('ready', flush=True)\nwhile True:\n    try: os.fork()\n    except OSError: pass"], 1L << 30, processes: 500)),
        ("2 GiB of dirty memory", BenchService.Order(
            ["python3", "-c", "block = bytearray(b'x') * (2 << 30)\nprint('ready', flush=True)\nimport time\ntime.sleep(60)"], LargeMemoryBytes)),
        ("stopped processes", BenchService.Order(
            ["sh", "-c", "for i in 1 2 3 4 5; do sleep 60 & kill -STOP $!; done; echo ready; kill -STOP $$; sleep 60"])),
        ("daemons that heed no signal", BenchService.Order(
            ["sh", "-c", "for i in 1 2 3 4 5; do setsid sh -c 'trap \"\" TERM HUP INT QUIT; while :; do sleep 1; done' & done; echo ready; sleep 60"])),
    ];

    public static async Task<int> RunAsync(int runs)
    {
        await using var service = BenchService.Start();
        var slowest = 0.0;
        var baseline = new Samples();
        Console.WriteLine($"From the decision to the last process gone, {runs} times each (promised: 100 ms)");
        foreach (var (name, order) in _programs)
        {
            var samples = new Samples();
            for (var run = 0; run < runs; run++)
                samples.Add(await MeasureAsync(service.Sandbox, order));
            baseline = baseline.Count == 0 ? samples : baseline;
            slowest = Math.Max(slowest, samples.Median);
            Console.WriteLine($"  {name,-30}{samples}   at most {samples.Highest:0.0} ms   {samples.Over(baseline):0.00} x");
        }
        return slowest <= 100 ? 0 : 1;
    }

    private static async Task<TimeSpan> MeasureAsync(ISandbox sandbox, SandboxOrder order)
    {
        // Found by this in the host's list of processes, which knows nothing of sandboxes.
        var mark = $"mark-{Guid.NewGuid():N}";
        var marked = order with { Environment = new Dictionary<string, string>(order.Environment) { ["MARK"] = mark } };
        await using var run = await sandbox.StartAsync(marked, CancellationToken.None);
        var said = new StringBuilder();
        var decided = 0L;
        await foreach (var happened in run.ReadEventsAsync(CancellationToken.None))
        {
            if (happened is SandboxOutput output && decided == 0)
            {
                said.Append(Encoding.UTF8.GetString(output.Data.Span));
                if (!said.ToString().Contains("ready", StringComparison.Ordinal))
                    continue;
                await Task.Delay(TimeSpan.FromMilliseconds(300));
                if (CountMarked(mark) == 0)
                    throw new InvalidOperationException("The program cannot be seen from outside, so its death could not be either.");
                decided = Stopwatch.GetTimestamp();
                run.Kill(SandboxOutcome.Cancelled, "Measured.");
            }
            if (happened is SandboxExited exited)
            {
                if (decided == 0)
                    throw new InvalidOperationException($"The program ended before it was to be killed: {exited.Report.Outcome} {exited.Report.Message} {said}");
                var taken = Stopwatch.GetElapsedTime(decided);
                return CountMarked(mark) == 0 ? taken : throw new InvalidOperationException("Processes are left after the end was reported.");
            }
        }
        throw new InvalidOperationException("The run ended without a report.");
    }

    private static int CountMarked(string mark) =>
        Directory.GetDirectories("/proc").Count(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]) && Environment(folder).Contains(mark, StringComparison.Ordinal));

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
