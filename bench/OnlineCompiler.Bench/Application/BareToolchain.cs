using System.Diagnostics;
using System.Globalization;
using OnlineCompiler.Bench.Measuring;

namespace OnlineCompiler.Bench.Application;

/// <summary>Our own programs by nothing but the toolchain, as in a terminal on this machine.</summary>
internal sealed class BareToolchain : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bare-");

    /// <summary>Once, timed by a small C program, so that starting processes from .NET does not count.</summary>
    public async Task RunAsync(BenchProgram program, Samples samples, int rounds = 1)
    {
        var folder = _folder.CreateSubdirectory(Guid.NewGuid().ToString("N"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, program.File), program.NextText());
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "input"), BenchProgram.Input);
        if (program.Before.Length > 0)
            await StartAsync("sh", ["-c", program.Before], folder, _ => { });
        var command = program.Bare.Replace("CHECKOUT", BenchApplication.Checkout, StringComparison.Ordinal);
        await StartAsync(
            Path.Combine(AppContext.BaseDirectory, "bare"),
            [rounds.ToString(CultureInfo.InvariantCulture), "sh", "-c", $"{{ {command}; }} < input"],
            folder,
            line => samples.Add(TimeSpan.FromMicroseconds(double.Parse(line, CultureInfo.InvariantCulture))));
        folder.Delete(recursive: true);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task StartAsync(string program, string[] arguments, DirectoryInfo folder, Action<string> read)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true };
        // Debian's toolchains, which are the service's: whatever else a developer's shell puts first is not compared.
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        start.Environment["HOME"] = _folder.FullName;
        start.Environment["LANG"] = "C.UTF-8";
        foreach (var kept in (string[])["DOTNET_CLI_TELEMETRY_OPTOUT", "DOTNET_NOLOGO", "DOTNET_ROOT", "NUGET_PACKAGES"])
        {
            if (Environment.GetEnvironmentVariable(kept) is { } value)
                start.Environment[kept] = value;
        }
        using var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            read(line);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"\"{string.Join(' ', arguments)}\" failed with the bare toolchain.");
    }
}
