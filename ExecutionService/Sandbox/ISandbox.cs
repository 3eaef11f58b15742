namespace OnlineCompiler.ExecutionService.Sandbox;

/// <summary>
/// Runs untrusted programs, each in a sandbox of its own that is made for it and destroyed with it.
/// The one boundary between the service and what strangers wrote; nothing of theirs runs elsewhere.
/// </summary>
internal interface ISandbox
{
    /// <summary>Says what keeps this machine from building sandboxes, or nothing when it can.</summary>
    SandboxReadiness Readiness { get; }

    /// <summary>Where programs find packs, toolchains and room for temporary files.</summary>
    SandboxPlaces Places { get; }

    /// <summary>Says that orders like this one will come: what can be made ahead for them may be made now.</summary>
    void Expect(SandboxOrder order)
    {
    }

    /// <summary>Builds a sandbox and starts the program in it. The caller disposes the run, which destroys the sandbox.</summary>
    /// <exception cref="SandboxUnavailableException">The sandbox cannot be built here; the message says what is missing.</exception>
    Task<ISandboxRun> StartAsync(SandboxOrder order, CancellationToken cancellationToken);
}

/// <summary>A started program. Events are read by one reader; the other members may be called meanwhile.</summary>
internal interface ISandboxRun : IAsyncDisposable
{
    /// <summary>
    /// What happens, as it happens; the last event is <see cref="SandboxExited"/>. Not reading holds the program's output
    /// back, as a full pipe would. Cancelling leaves the run to be disposed.
    /// </summary>
    IAsyncEnumerable<SandboxEvent> ReadEventsAsync(CancellationToken cancellationToken);

    /// <summary>Queues bytes for standard input or the terminal; waits while much is queued already.</summary>
    ValueTask WriteInputAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken);

    /// <summary>Closes standard input after what was written; on a terminal, types Ctrl-D.</summary>
    ValueTask EndInputAsync(CancellationToken cancellationToken);

    /// <summary>Sends a signal (1-31) to the program's process group.</summary>
    ValueTask SignalAsync(int signal, CancellationToken cancellationToken);

    /// <summary>Changes the terminal's size; nothing happens without a terminal.</summary>
    ValueTask ResizeAsync(TerminalDimensions size, CancellationToken cancellationToken);

    /// <summary>User and system time of all its processes so far.</summary>
    TimeSpan ReadCpuTime();

    /// <summary>Kills every process of the run; its <see cref="SandboxExited"/> still follows, with this outcome.</summary>
    void Kill(SandboxOutcome outcome, string message);
}

/// <summary>Whether sandboxes can be built.</summary>
/// <param name="Problems">Each thing that is missing, in words for an operator; while there is one, nothing runs.</param>
/// <param name="Weaknesses">Each promise that does not hold here though programs run, in words for an operator.</param>
internal sealed record SandboxReadiness(IReadOnlyList<string> Problems, IReadOnlyList<string> Weaknesses)
{
    public static SandboxReadiness Ready { get; } = new([], []);

    public static SandboxReadiness NotReady(params IReadOnlyList<string> problems) => new(problems, []);

    public bool IsReady => Problems.Count == 0;
}

/// <summary>How strongly programs are kept apart; the names are those of the public contract, which says what each means.</summary>
internal enum SandboxIsolation
{
    Full,
    WithoutCgroups,
    Process,
    Task,
}

/// <summary>The sandbox cannot be built on this machine, or broke; never the program's fault.</summary>
internal class SandboxUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>This run's sandbox was lost, or none was free in time; the same run may well succeed later.</summary>
internal sealed class SandboxLostException(string message, Exception? inner = null) : SandboxUnavailableException(message, inner);
