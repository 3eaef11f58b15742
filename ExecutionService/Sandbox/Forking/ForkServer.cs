using OnlineCompiler.ExecutionService.Sandbox.Launching;

namespace OnlineCompiler.ExecutionService.Sandbox.Forking;

/// <summary>
/// A runtime that has booted once and is copied for every program (Launcher/runtime.c). All copies share its hash seed and
/// where its memory lies, so it serves a bounded number. Its fleet's lock guards the counts.
/// </summary>
internal sealed class ForkServer(LauncherProcess launcher, int mostCopies) : IAsyncDisposable
{
    /// <summary>Enough that its start is a small part of what they cost.</summary>
    public const int DefaultMostCopies = 256;

    private int _copies;
    private int _living;

    public string SocketPath => launcher.SocketPath;

    public int ProcessId => launcher.ProcessId;

    public bool IsAlive => launcher.IsAlive;

    public bool MayServe => _copies < mostCopies && IsAlive;

    /// <summary>Its end would be theirs.</summary>
    public bool IsIdle => _living == 0;

    public void BeginCopy()
    {
        _copies++;
        _living++;
    }

    public void EndCopy() => _living--;

    public async ValueTask DisposeAsync()
    {
        await launcher.DisposeAsync();
        Directory.Delete(launcher.Directory, recursive: true);
    }
}

/// <summary>The right to have one copy made, until the copy is gone.</summary>
internal sealed class ForkLease(ForkServer server, Action end) : IDisposable
{
    private Action? _end = end;

    public string SocketPath => server.SocketPath;

    /// <summary>The copy ends with its server, a moment after it.</summary>
    public bool IsAlive => server.IsAlive;

    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}
