using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks.Wire;

/// <summary>The contract's names for the sandbox's, both ways; null for what is not in the table.</summary>
internal static class Enums
{
    private static readonly (SandboxOutcome Ours, Outcome Wire)[] _outcomes =
    [
        (SandboxOutcome.Succeeded, Outcome.Succeeded),
        (SandboxOutcome.NonzeroExit, Outcome.NonzeroExit),
        (SandboxOutcome.Signaled, Outcome.Signaled),
        (SandboxOutcome.WallTimeLimit, Outcome.WallTimeLimit),
        (SandboxOutcome.CpuTimeLimit, Outcome.CpuTimeLimit),
        (SandboxOutcome.MemoryLimit, Outcome.MemoryLimit),
        (SandboxOutcome.OutputLimit, Outcome.OutputLimit),
        (SandboxOutcome.WorkspaceLimit, Outcome.WorkspaceLimit),
        (SandboxOutcome.Cancelled, Outcome.Cancelled),
    ];

    private static readonly (SandboxStream Ours, Output.Types.Stream Wire)[] _streams =
    [
        (SandboxStream.StandardOutput, Output.Types.Stream.Stdout),
        (SandboxStream.StandardError, Output.Types.Stream.Stderr),
        (SandboxStream.Terminal, Output.Types.Stream.Terminal),
    ];

    private static readonly (SandboxIsolation Ours, Isolation Wire)[] _isolations =
    [
        (SandboxIsolation.Full, Isolation.Full),
        (SandboxIsolation.WithoutCgroups, Isolation.WithoutCgroups),
        (SandboxIsolation.Process, Isolation.Process),
    ];

    public static Outcome ToWire(this SandboxOutcome outcome) => Array.Find(_outcomes, pair => pair.Ours == outcome).Wire;

    public static SandboxOutcome? FromWire(this Outcome outcome) => Find(_outcomes, outcome);

    public static Output.Types.Stream ToWire(this SandboxStream stream) => Array.Find(_streams, pair => pair.Ours == stream).Wire;

    public static SandboxStream? FromWire(this Output.Types.Stream stream) => Find(_streams, stream);

    public static Isolation ToWire(this SandboxIsolation isolation) => Array.Find(_isolations, pair => pair.Ours == isolation).Wire;

    public static SandboxIsolation? FromWire(this Isolation isolation) => Find(_isolations, isolation);

    private static TOurs? Find<TOurs, TWire>((TOurs Ours, TWire Wire)[] pairs, TWire wire)
        where TOurs : struct, Enum
        where TWire : struct, Enum
    {
        foreach (var pair in pairs)
        {
            if (EqualityComparer<TWire>.Default.Equals(pair.Wire, wire))
                return pair.Ours;
        }
        return null;
    }
}
