using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Compilation;

/// <summary>A finished compilation, as data.</summary>
/// <param name="Output">What the compiler said, in order.</param>
/// <param name="Files">What it made.</param>
/// <param name="Report">How it ended, and what it took.</param>
internal sealed record KeptCompilation(IReadOnlyList<SandboxOutput> Output, IReadOnlyList<WorkspaceFile> Files, SandboxReport Report)
{
    /// <summary>Larger ones are not kept.</summary>
    public const long MaxBytes = 64 * 1024 * 1024;

    private const int BytesOfParts = 128;

    /// <summary>What it takes, give or take the names.</summary>
    public long Bytes { get; } =
        Output.Sum(output => (long)output.Data.Length + BytesOfParts) + Files.Sum(file => (long)file.Content.Length + BytesOfParts) + BytesOfParts;
}
