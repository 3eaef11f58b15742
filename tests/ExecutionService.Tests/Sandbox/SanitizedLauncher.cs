using System.Diagnostics;
using OnlineCompiler.ExecutionService.Tests.Languages;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

/// <summary>The launcher's own sources, built so that every wrong access and every undefined step ends it with a report.</summary>
public sealed class SanitizedLauncher : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sanitized-");

    public string Path => System.IO.Path.Combine(_directory.FullName, "launcher");

    public async ValueTask InitializeAsync()
    {
        var sources = Directory.GetFiles(System.IO.Path.Combine(PackFolders.Root, "..", "Sandbox", "Launcher"), "*.c");
        using var compiler = Process.Start("gcc",
        [
            "-std=c17", "-D_GNU_SOURCE", "-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all",
            .. sources, "-lseccomp", "-o", Path,
        ]);
        await compiler.WaitForExitAsync();
        Assert.Equal(0, compiler.ExitCode);
    }

    public ValueTask DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
