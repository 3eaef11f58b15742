namespace OnlineCompiler.AppHost.Standalone.Processes;

/// <summary>How to start a process.</summary>
/// <param name="Environment">Added to ours.</param>
/// <param name="StandardInput">What it reads, before the end of input; kept off the command line, where all can see.</param>
internal sealed record ProcessPlan(
    string FileName,
    IReadOnlyList<string> Arguments,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment,
    string StandardInput = "");
