using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Languages;

/// <summary>Where toolchains are installed: packages put commands into the first ones, the rest has a folder each in the last.</summary>
internal sealed class InstalledFolders(IOptions<SandboxOptions> options, IHostEnvironment environment)
{
    private readonly string _toolchains = Path.GetFullPath(options.Value.ToolchainsDirectory, environment.ContentRootPath);

    /// <summary>The last time an entry was added or removed in one of them.</summary>
    public DateTime LastChange()
    {
        var folders = Directory.Exists(_toolchains) ? Directory.GetDirectories(_toolchains).Append(_toolchains) : [];
        return folders.Concat(["/usr/bin", "/usr/local/bin"]).Max(Directory.GetLastWriteTimeUtc);
    }
}
