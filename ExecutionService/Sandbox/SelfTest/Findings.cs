using System.Globalization;

namespace OnlineCompiler.ExecutionService.Sandbox.SelfTest;

/// <summary>What the probes met inside, and what the service saw of them from outside.</summary>
internal sealed record Findings
{
    /// <summary>The lines of <c>probe look</c>; see Probe/.</summary>
    public required IReadOnlyDictionary<string, string> Facts { get; init; }

    /// <summary>The end of <c>probe look</c>.</summary>
    public required SandboxReport Look { get; init; }

    /// <summary>CPU time of <c>probe look</c> as the run's own counter has it, which limits go by.</summary>
    public required TimeSpan CountedCpuTime { get; init; }

    /// <summary>The end of <c>probe eat</c>.</summary>
    public required SandboxReport Eat { get; init; }

    /// <summary>The host's user ids of the processes of <c>probe look</c>, its daemon among them, while it ran.</summary>
    public required IReadOnlyList<uint> OuterUserIds { get; init; }

    /// <summary>How many of its processes there were after its end.</summary>
    public required int LeftBehind { get; init; }

    /// <summary>The service's namespaces, e.g. "net" and "net:[4026531840]".</summary>
    public required IReadOnlyDictionary<string, string> OwnNamespaces { get; init; }

    public required uint ServiceUserId { get; init; }

    public SandboxIsolation Isolation => Look.Isolation;

    public string Fact(string name) => Facts.GetValueOrDefault(name, "");

    /// <summary>The fact as a number; <see cref="long.MaxValue"/> when it was not told, which no promise allows.</summary>
    public long Number(string name) =>
        long.TryParse(Fact(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;

    /// <summary>The values of all facts whose names begin so.</summary>
    public IReadOnlyList<string> Group(string prefix) =>
        [.. Facts.Where(fact => fact.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(fact => fact.Value)];
}
