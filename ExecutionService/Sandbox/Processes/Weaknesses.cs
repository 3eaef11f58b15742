using System.Globalization;
using OnlineCompiler.ExecutionService.Sandbox.Cgroups;

namespace OnlineCompiler.ExecutionService.Sandbox.Processes;

/// <summary>What this sandbox does not promise on this machine, in words for an operator.</summary>
internal static class Weaknesses
{
    /// <summary>How the launcher tells its version of Landlock.</summary>
    private const string LandlockFact = "landlock ";

    /// <summary>What came after the first version.</summary>
    private static readonly (int Since, string Weakness)[] _landlock =
    [
        (2, "This kernel's Landlock (before Linux 5.19) keeps programs from moving files between their own folders."),
        (3, "This kernel's Landlock (before Linux 6.2) lets programs cut short files that all users may write."),
        (6, "This kernel's Landlock (before Linux 6.12) does not hold signals back: only user ids keep programs from signalling others."),
    ];

    /// <param name="launcherFacts">What the launcher said before it was ready.</param>
    /// <param name="cgroups">What limits programs as a whole, if anything does.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> launcherFacts, ICgroups cgroups)
    {
        List<string> weaknesses =
        [
            "Sandbox:Backend is Process: programs share the service's processes, file system and kernel interfaces, kept apart only by user ids, Landlock and a system call filter.",
            "The workspace limit is kept by looking several times a second: a program can go beyond it for a moment, or hold more in files that it has deleted but keeps open.",
        ];
        var version = launcherFacts.Where(fact => fact.StartsWith(LandlockFact, StringComparison.Ordinal))
            .Select(fact => int.Parse(fact.AsSpan(LandlockFact.Length), CultureInfo.InvariantCulture)).FirstOrDefault();
        if (version == 0)
            weaknesses.Add("This kernel has no Landlock (Linux 5.13 and later, where it is switched on): programs can read every file that all users may read, see other processes' command lines, and write where all users may write.");
        else
            weaknesses.AddRange(_landlock.Where(row => version < row.Since).Select(row => row.Weakness));
        weaknesses.AddRange(cgroups.Weaknesses);
        return weaknesses;
    }
}
