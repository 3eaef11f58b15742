using Microsoft.Extensions.Options;

namespace OnlineCompiler.ExecutionService.Compilation;

/// <summary>Section <c>Compilation</c>: what is kept of finished compilations.</summary>
internal sealed class CompilationOptions
{
    public const string Section = "Compilation";

    public const long LowestCacheBytes = 1024 * 1024;

    public const long HighestCacheBytes = 1024L * 1024 * 1024 * 1024;

    /// <summary>
    /// Bytes on disk of compilations that are answered again without compiling; those not used for longest make room.
    /// Default 1 GiB; range 1 MiB-1 TiB, or 0 for none.
    /// </summary>
    public long CacheBytes { get; set; } = 1024 * 1024 * 1024;

    /// <summary>
    /// Folder that holds them, of this service's user alone; outlives the service, and services may share it. Relative
    /// paths are taken from the content root. Default: a folder in <c>Sandbox:StateDirectory</c>, named after the user's id.
    /// </summary>
    public string? CacheDirectory { get; set; }
}

internal sealed class CompilationOptionsValidator : IValidateOptions<CompilationOptions>
{
    public ValidateOptionsResult Validate(string? name, CompilationOptions options) =>
        options.CacheBytes is 0 or (>= CompilationOptions.LowestCacheBytes and <= CompilationOptions.HighestCacheBytes)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Compilation:CacheBytes must be 0, or from {CompilationOptions.LowestCacheBytes} to {CompilationOptions.HighestCacheBytes}, not {options.CacheBytes}.");
}
