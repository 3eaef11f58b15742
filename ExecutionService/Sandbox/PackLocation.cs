namespace OnlineCompiler.ExecutionService.Sandbox;

/// <param name="Directory">Absolute path of the language packs, mounted read-only at /opt/packs.</param>
internal sealed record PackLocation(string Directory);
