using System.Globalization;
using OnlineCompiler.Bench.Application;
using OnlineCompiler.Bench.Measuring;

namespace OnlineCompiler.Bench.Waiting;

/// <summary>Many interactive programs that wait for input at once; then each is asked, and must answer.</summary>
internal static class WaitingCommand
{
    private const int StartingAtOnce = 8;
    private const double BarMilliseconds = 20;
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(10);

    private static readonly object _python = new
    {
        language = "python",
        files = new[] { new { path = "main.py", content = "print('ready', flush=True)\nwhile True: print('got', input(), flush=True)\n" } },
    };

    public static async Task<int> RunAsync(int programs)
    {
        var room = (programs + 10).ToString(CultureInfo.InvariantCulture);
        await using var application = await BenchApplication.StartAsync(("Execution__MaxInteractive", room), ("Execution__MaxInteractivePerCaller", room));
        using var limit = new CancellationTokenSource(_limit);
        var waiting = new List<WaitingProgram>();
        try
        {
            waiting.Add(await WaitingProgram.StartAsync(application.Address, _python, limit.Token));
            var before = AvailableBytes();
            using var places = new SemaphoreSlim(StartingAtOnce);
            waiting.AddRange(await Task.WhenAll(Enumerable.Range(1, programs - 1).Select(async _ =>
            {
                await places.WaitAsync(limit.Token);
                try
                {
                    return await WaitingProgram.StartAsync(application.Address, _python, limit.Token);
                }
                finally
                {
                    places.Release();
                }
            })));
            var each = (before - AvailableBytes()) / (double)Math.Max(1, programs - 1) / (1 << 20);
            var answers = new Samples();
            foreach (var (program, number) in waiting.Select((program, number) => (program, number)))
                answers.Add(await program.AskAsync($"line {number}", limit.Token));
            Console.WriteLine($"{waiting.Count} interactive Python programs wait at once; each is asked one line, one after another");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  answers   {answers}   at most {answers.Highest:0.0} ms (bar: median below {BarMilliseconds:0} ms)"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  memory    {each:0.0} MiB each, of the whole machine, the bench's own side included"));
            return answers.Median < BarMilliseconds ? 0 : 1;
        }
        finally
        {
            waiting.ForEach(program => program.Dispose());
        }
    }

    private static long AvailableBytes() =>
        long.Parse(
            File.ReadLines("/proc/meminfo").First(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture) * 1024;
}
