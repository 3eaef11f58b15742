using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using OnlineCompiler.Bench.Application;
using OnlineCompiler.Bench.Measuring;

namespace OnlineCompiler.Bench.Breakdown;

/// <summary>
/// Where the time of a run goes, from socket to socket: requests that each go one step further, in turns. What a step takes is the
/// difference to the one before.
/// </summary>
internal static class BreakdownCommand
{
    /// <summary>As in <c>latency</c>: one person, not a flood.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    private const int WarmUps = 20;

    public static async Task<int> RunAsync(int runs)
    {
        await using var application = await BenchApplication.StartAsync();
        var (gateway, refused) = (new Samples(), new Samples());
        (BenchProgram Program, Samples Whole, Samples Inside)[] programs = [(BenchProgram.Bash, new(), new()), (BenchProgram.Python, new(), new()), (BenchProgram.Node, new(), new())];
        for (var run = -WarmUps; run < runs; run++)
        {
            await TimeAsync(run, gateway, () => application.Http.GetAsync("/health/live"));
            await TimeAsync(run, refused, () => application.Http.PostAsJsonAsync("/api/v1/executions", Unknown()));
            foreach (var (program, whole, inside) in programs)
            {
                var answer = await TimeAsync(run, whole, () => application.Http.PostAsJsonAsync("/api/v1/executions", program.Body(program.NextText())));
                Answers.Check(answer, program);
                if (run >= 0)
                    inside.Add(TimeSpan.FromMilliseconds(answer.GetProperty("run").GetProperty("wallTimeMs").GetDouble()));
            }
        }

        Console.WriteLine($"One caller, {runs} of each");
        Console.WriteLine("                                            median    step      p99");
        Print("HTTP to the Gateway and back", gateway, gateway.Median);
        Print("+ JSON, gRPC to the service, its checks", refused, refused.Median - gateway.Median);
        foreach (var (program, whole, inside) in programs)
        {
            Print($"+ a place, the sandbox, a report: {program.Language}", whole, whole.Median - inside.Median - refused.Median);
            Print("  of that, the program itself", inside, inside.Median);
        }
        return 0;
    }

    private static object Unknown() => new { language = "none", files = new[] { new { path = "main", content = BenchProgram.Python.NextText() } }, stdin = BenchProgram.Input };

    private static async Task<JsonElement> TimeAsync(int run, Samples samples, Func<Task<HttpResponseMessage>> send)
    {
        await Task.Delay(run < 0 ? TimeSpan.Zero : _pause);
        var from = Stopwatch.GetTimestamp();
        using var answer = await send();
        var body = await answer.Content.ReadAsByteArrayAsync();
        if (run >= 0)
            samples.Add(Stopwatch.GetElapsedTime(from));
        return answer.Content.Headers.ContentType?.MediaType is "application/json" ? JsonSerializer.Deserialize<JsonElement>(body) : default;
    }

    private static void Print(string step, Samples samples, double milliseconds) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step,-42} {samples.Median,7:0.00} {milliseconds,7:0.00}  {samples.At(0.99),7:0.00} ms"));
}
