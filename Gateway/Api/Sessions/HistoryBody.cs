using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Session.V1;

namespace OnlineCompiler.Gateway.Api.Sessions;

internal sealed record TitleBody
{
    [Required, MinLength(1), MaxLength(120)]
    public string? Title { get; init; }
}

/// <summary>How a run of a session ended.</summary>
internal sealed record RunNoteBody
{
    private const double MaxTimeMs = 24 * 60 * 60 * 1000;

    [Required, Description("The version of the session that ran.")]
    public ulong? Version { get; init; }

    [Required, MinLength(1), MaxLength(32), Description("As an execution's outcome, e.g. succeeded or wallTimeLimit; letters alone.")]
    public string? Outcome { get; init; }

    [Description("null when it did not exit by itself.")]
    public int? ExitCode { get; init; }

    [Description("That it was the compiler that failed.")]
    public bool CompileFailed { get; init; }

    [Range(0, MaxTimeMs)]
    public double WallTimeMs { get; init; }

    [Range(0, MaxTimeMs)]
    public double CpuTimeMs { get; init; }

    public ulong MemoryPeakBytes { get; init; }

    /// <exception cref="ProblemException">Members are missing or out of range; names each.</exception>
    public SessionRun ToRun()
    {
        var errors = new FieldErrors();
        errors.Require(Outcome, "outcome");
        if (Version is null)
            errors.Add("version", "Required.");
        foreach (var (time, field) in new[] { (WallTimeMs, "wallTimeMs"), (CpuTimeMs, "cpuTimeMs") })
        {
            if (time is not (>= 0 and <= MaxTimeMs))
                errors.Add(field, $"Expected 0-{MaxTimeMs:0}.");
        }
        errors.ThrowIfAny();

        var run = new SessionRun
        {
            Version = Version ?? 0,
            Outcome = Outcome,
            CompileFailed = CompileFailed,
            WallTimeUs = ToMicroseconds(WallTimeMs),
            CpuTimeUs = ToMicroseconds(CpuTimeMs),
            MemoryPeakBytes = MemoryPeakBytes,
        };
        if (ExitCode is { } code)
            run.ExitCode = code;
        return run;
    }

    private static ulong ToMicroseconds(double milliseconds) => (ulong)Math.Round(milliseconds * 1000);
}

internal sealed record HistoryAnswer(
    [property: Description("Last saved first, the current one among them: at most 30, close together where they are new and further apart where they are old.")]
    IReadOnlyList<VersionAnswer> Versions,
    [property: Description("Last first, at most 50.")] IReadOnlyList<RunNoteAnswer> Runs)
{
    public static HistoryAnswer From(History history) =>
        new([.. history.Versions.Select(VersionAnswer.From)], [.. history.Runs.Select(RunNoteAnswer.From)]);
}

internal sealed record VersionAnswer(
    ulong Version, string Title, DateTime SavedAt, [property: Description("Of all files, in UTF-8.")] ulong ContentBytes)
{
    public static VersionAnswer From(VersionSummary version) =>
        new(version.Version, version.Title, version.SavedAt.ToDateTime(), version.ContentBytes);
}

internal sealed record RunNoteAnswer
{
    [Description("The version of the session that ran; it may not be kept any more.")]
    public required ulong Version { get; init; }

    public required string Outcome { get; init; }

    [Description("null when it did not exit by itself.")]
    public required int? ExitCode { get; init; }

    public required bool CompileFailed { get; init; }

    public required double WallTimeMs { get; init; }

    public required double CpuTimeMs { get; init; }

    public required ulong MemoryPeakBytes { get; init; }

    [Description("When it was noted.")]
    public required DateTime RanAt { get; init; }

    public static RunNoteAnswer From(SessionRun run) => new()
    {
        Version = run.Version,
        Outcome = run.Outcome,
        ExitCode = run.HasExitCode ? run.ExitCode : null,
        CompileFailed = run.CompileFailed,
        WallTimeMs = run.WallTimeUs / 1000.0,
        CpuTimeMs = run.CpuTimeUs / 1000.0,
        MemoryPeakBytes = run.MemoryPeakBytes,
        RanAt = run.RanAt.ToDateTime(),
    };
}
