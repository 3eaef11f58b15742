using System.ComponentModel;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Executions;

namespace OnlineCompiler.Gateway.Mcp;

internal sealed record RunCodeAnswer
{
    [Description("Id of the language, whatever alias was used.")]
    public required string Language { get; init; }

    [Description("Version of the toolchain that ran it.")]
    public required string Version { get; init; }

    [Description("Of the last stage that ran: the compile stage's when it failed, else the run's.")]
    public required Outcome Outcome { get; init; }

    [Description("Why it was stopped, in a sentence; null when it ended by itself.")]
    public required string? Message { get; init; }

    [Description("0-255; null unless the program exited by itself.")]
    public required int? ExitCode { get; init; }

    [Description("Name of the signal that ended it, e.g. \"SIGSEGV\"; else null.")]
    public required string? Signal { get; init; }

    [Description("What the program wrote to standard output; what is no UTF-8 became U+FFFD.")]
    public required string Stdout { get; init; }

    public required string Stderr { get; init; }

    [Description("What the compiler said; empty when the language has no compile stage.")]
    public required string CompilerOutput { get; init; }

    [Description("Errors and warnings with their places, as far as the compiler or interpreter told them.")]
    public required IReadOnlyList<DiagnosticAnswer> Diagnostics { get; init; }

    [Description("Whether output beyond the limit was left out.")]
    public required bool Truncated { get; init; }

    [Description("Milliseconds of the run; 0 when it did not compile.")]
    public required double WallTimeMs { get; init; }

    [Description("Milliseconds of CPU of the run and its children.")]
    public required double CpuTimeMs { get; init; }

    [Description("Most bytes of memory that the run held at a time.")]
    public required ulong MemoryPeakBytes { get; init; }

    [Description("Files that were asked for by \"collect\"; their content follows as blocks of its own.")]
    public required IReadOnlyList<ToolArtifact> Artifacts { get; init; }

    public static RunCodeAnswer From(ExecuteResponse response)
    {
        var run = response.Run;
        var last = run ?? response.Compile;
        return new()
        {
            Language = response.Language,
            Version = response.Version,
            Outcome = response.Outcome,
            Message = last.Message is "" ? null : last.Message,
            ExitCode = last.HasExitCode ? last.ExitCode : null,
            Signal = last.Signal is "" ? null : last.Signal,
            Stdout = run?.Stdout.ToStringUtf8() ?? "",
            Stderr = run?.Stderr.ToStringUtf8() ?? "",
            CompilerOutput = (response.Compile?.Stdout.ToStringUtf8() ?? "") + (response.Compile?.Stderr.ToStringUtf8() ?? ""),
            Diagnostics = [.. (response.Compile?.Diagnostics ?? []).Concat(run?.Diagnostics ?? []).Select(DiagnosticAnswer.From)],
            Truncated = last.StdoutTruncated || last.StderrTruncated,
            WallTimeMs = run?.WallTimeMs ?? 0,
            CpuTimeMs = (run?.UserCpuTimeMs ?? 0) + (run?.SystemCpuTimeMs ?? 0),
            MemoryPeakBytes = run?.MemoryPeakBytes ?? 0,
            Artifacts = [.. response.Artifacts.Select(artifact => new ToolArtifact(artifact.Path, artifact.MediaType, artifact.Content.Length))],
        };
    }
}

internal sealed record ToolArtifact(
    [property: Description("Relative to the workspace.")] string Path,
    string MediaType,
    [property: Description("Size in bytes.")] int Bytes);
