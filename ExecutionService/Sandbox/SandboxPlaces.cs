namespace OnlineCompiler.ExecutionService.Sandbox;

/// <summary>
/// Where programs find what commands name. Their current directory is their workspace; HOME and TMPDIR are the sandbox's
/// to say, for their folders may be made with the run.
/// </summary>
/// <param name="Packs">The language packs.</param>
/// <param name="Toolchains">Toolchains that packages do not bring.</param>
/// <param name="Temporary">The folder for temporary files, as seen from the current directory.</param>
internal sealed record SandboxPlaces(string Packs, string Toolchains, string Temporary)
{
    /// <summary>Whether <see cref="SandboxOrder.Root"/> may name a root other than the machine's.</summary>
    public bool OffersRoots { get; init; }
}
