using System.Diagnostics;
using System.Globalization;

namespace OnlineCompiler.Bench.Steps;

/// <summary>Prints what steps.c measured, each step as a ratio to fork and exec alone and as what it adds to the step before.</summary>
internal static class StepsCommand
{
    /// <summary>About as many as the launcher's filter has.</summary>
    private const int FilterInstructions = 300;

    public static async Task<int> RunAsync(int runs)
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "steps"), [runs.ToString(CultureInfo.InvariantCulture), FilterInstructions.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var (first, before) = (0.0, 0.0);
        Console.WriteLine($"/bin/true, {runs} times with each number of steps");
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var parts = line.Split('\t');
            var numbers = parts[1..].Select(part => double.Parse(part, CultureInfo.InvariantCulture) / 1000).ToArray();
            first = first == 0 ? numbers[0] : first;
            before = before == 0 ? numbers[0] : before;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {parts[0],-28}{numbers[0],8:0.00} ms  ({numbers[1]:0.00}-{numbers[2]:0.00})   {numbers[0] / first,6:0.00} x   {numbers[0] - before,+7:+0.00;-0.00} ms"));
            before = numbers[0];
        }
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
