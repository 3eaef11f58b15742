using System.Text;

namespace OnlineCompiler.SessionService.Sessions;

/// <param name="Version">Of the session when it was saved.</param>
internal sealed record KeptVersion(ulong Version, DateTimeOffset SavedAt, SavedProgram Program)
{
    public long ContentBytes() => Program.Files.Sum(file => (long)Encoding.UTF8.GetByteCount(file.Content));
}

/// <param name="Version">The version that ran.</param>
/// <param name="Outcome">As the API's outcomes.</param>
/// <param name="CompileFailed">It did not come to run.</param>
internal sealed record SessionRun(
    ulong Version, string Outcome, int? ExitCode, ulong WallTimeUs, ulong CpuTimeUs, ulong MemoryPeakBytes, DateTimeOffset RanAt, bool CompileFailed);

/// <summary>What became of a session, oldest first. It never grows beyond its bounds, however long somebody works.</summary>
internal sealed record SessionHistory(IReadOnlyList<KeptVersion> Versions, IReadOnlyList<SessionRun> Runs)
{
    public const int MaxVersions = 30;
    public const int MaxRuns = 50;
    public const long MaxContentBytes = 2 * 1024 * 1024;

    /// <summary>Programs save themselves while they are typed. What stood for a shorter time, and was never run, was a step on the way.</summary>
    private static readonly TimeSpan StepTime = TimeSpan.FromMinutes(1);

    public static SessionHistory Empty { get; } = new([], []);

    public SessionHistory With(StoredSession saved)
    {
        // Two saves may be noted in another order than they happened.
        var versions = Versions.Where(kept => kept.Version != saved.Version)
            .Append(new KeptVersion(saved.Version, saved.SavedAt, saved.Program))
            .OrderBy(kept => kept.Version)
            .ToList();
        DropStep(versions);
        while (versions.Count > MaxVersions)
            versions.RemoveAt(LeastMissed(versions));
        while (versions.Count > 0 && versions.Sum(kept => kept.ContentBytes()) > MaxContentBytes)
            versions.RemoveAt(0);
        return this with { Versions = versions };
    }

    public SessionHistory With(SessionRun run) => this with { Runs = [.. Runs.Append(run).TakeLast(MaxRuns)] };

    // The last but one, unless it is the first, which the person came with.
    private void DropStep(List<KeptVersion> versions)
    {
        if (versions.Count < 3)
            return;
        var (before, last) = (versions[^3], versions[^2]);
        if (last.SavedAt - before.SavedAt < StepTime && Runs.All(run => run.Version != last.Version))
            versions.RemoveAt(versions.Count - 2);
    }

    /// <summary>Recent ones may stand close together, old ones further apart; the first and the last stay.</summary>
    private static int LeastMissed(List<KeptVersion> versions)
    {
        var now = versions[^1].SavedAt;
        return Enumerable.Range(1, versions.Count - 2).MinBy(at =>
            (versions[at + 1].SavedAt - versions[at - 1].SavedAt) / (now - versions[at].SavedAt + StepTime));
    }
}
