using System.Diagnostics;
using System.Globalization;
using OnlineCompiler.Bench.Measuring;

namespace OnlineCompiler.Bench.Death;

/// <summary>The same program in a fresh pid namespace and nothing else: what the kernel alone takes to be rid of it.</summary>
internal static class BareDeath
{
    public static async Task<Samples> MeasureAsync(DyingProgram program, int runs)
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "bare-death"), [runs.ToString(CultureInfo.InvariantCulture), DyingProgram.Path, .. program.Arguments])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var samples = new Samples();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            samples.Add(TimeSpan.FromMicroseconds(double.Parse(line, CultureInfo.InvariantCulture)));
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? samples : throw new InvalidOperationException("A pid namespace could not be made, or the program did not start in it: this takes root.");
    }
}
