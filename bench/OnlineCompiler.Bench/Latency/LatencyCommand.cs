using System.Globalization;
using System.Text.Json;
using OnlineCompiler.Bench.Application;
using OnlineCompiler.Bench.Measuring;

namespace OnlineCompiler.Bench.Latency;

/// <summary>From the request to the whole answer through the Gateway, against the bare toolchain, in turns.</summary>
internal static class LatencyCommand
{
    /// <summary>Of the same program again, whatever the bare toolchain needs.</summary>
    private const double AgainMilliseconds = 15;

    private const double AgainRatio = 0.5;

    /// <summary>Between two runs of one person; also lets what was prepared for the last run be replaced.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    private static readonly (BenchProgram Program, double Bar)[] _programs =
    [
        (BenchProgram.Python, 0.35), (BenchProgram.Node, 0.25), (BenchProgram.Java, 0.15), (BenchProgram.Cpp, 0.4), (BenchProgram.CSharp, 0.06),
        (BenchProgram.FirstCSharp, 0.06), (BenchProgram.TypeScript, 0.25),
    ];

    public static async Task<int> RunAsync(int runs)
    {
        await using var application = await BenchApplication.StartAsync();
        using var bare = new BareToolchain();
        using var caller = new BareConnection(application.Address);
        var met = true;
        Console.WriteLine($"One caller, {runs} runs each, every text new, then the last one again");
        foreach (var (program, bar) in _programs)
        {
            var (theirs, ours, again) = (new Samples(), new Samples(), new Samples());
            Time(caller, program, program.NextText(), new Samples());
            for (var run = 0; run < runs; run++)
            {
                if (run < program.MaxBareRuns)
                    await bare.RunAsync(program, theirs);
                await Task.Delay(_pause);
                var text = program.NextText();
                Time(caller, program, text, ours);
                await Task.Delay(_pause);
                Time(caller, program, text, again);
            }
            var againBar = Math.Max(AgainMilliseconds, AgainRatio * theirs.Median);
            var (newIsMet, againIsMet) = (ours.Over(theirs) <= bar, again.Median <= againBar);
            met &= newIsMet && againIsMet;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{program.Name,-18} bare   {theirs}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"",-18} new    {ours}   {ours.Over(theirs):0.00} x (bar {bar:0.00} x){Missed(newIsMet)}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"",-18} again  {again}   {again.Over(theirs):0.00} x (bar {againBar:0} ms){Missed(againIsMet)}"));
        }
        return met ? 0 : 1;
    }

    private static string Missed(bool isMet) => isMet ? "" : "   MISSED";

    private static void Time(BareConnection caller, BenchProgram program, string text, Samples samples)
    {
        var (status, body) = caller.Post("/api/v1/executions", JsonSerializer.SerializeToUtf8Bytes(program.Body(text)), out var took);
        samples.Add(took);
        Answers.Check(status == 200 ? JsonSerializer.Deserialize<JsonElement>(body) : throw new InvalidOperationException($"{status}: {body}"), program);
    }
}
