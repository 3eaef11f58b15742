using System.Net.Sockets;
using OnlineCompiler.ExecutionService.Sandbox.Cgroups;
using OnlineCompiler.ExecutionService.Sandbox.Forking;

namespace OnlineCompiler.ExecutionService.Sandbox.Launching;

/// <summary>All that one stage has of the machine: its slot, its control group, its connection to the launcher.</summary>
/// <param name="slot">Given back in the end.</param>
/// <param name="cgroup">Removed in the end.</param>
/// <param name="socket">Closed in the end, which ends the stage.</param>
/// <param name="lease">Ended last; null for a stage of the zone's launcher.</param>
internal sealed class StageHold(SlotPool.Slot slot, ICgroup cgroup, Socket socket, ForkLease? lease = null)
{
    /// <summary>For the kernel to take a large program apart; what holds out longer is swept at the next start.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    public ICgroup Cgroup => cgroup;

    public Socket Socket => socket;

    /// <summary>What it is a copy of, if it is one, lives. Where it does not, the stage goes, too, though it may not have yet.</summary>
    public bool IsKept => lease is null or { IsAlive: true };

    public FrameReader Reader { get; } = new(socket);

    public async Task SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        while (data.Length > 0)
            data = data[await socket.SendAsync(data, SocketFlags.None, cancellationToken)..];
    }

    /// <summary>Takes it apart, killing what still runs.</summary>
    /// <param name="hasEnded">Its program has, and what was around it is going: that is waited for.</param>
    public async Task ReleaseAsync(bool hasEnded)
    {
        if (hasEnded)
            await AwaitEndAsync().ConfigureAwait(false);
        socket.Dispose();
        await cgroup.DisposeAsync().ConfigureAwait(false);
        slot.Dispose();
        lease?.Dispose();
    }

    private async Task AwaitEndAsync()
    {
        using var patience = new CancellationTokenSource(_patience);
        try
        {
            while (await Reader.ReadAsync(patience.Token).ConfigureAwait(false) is not (null or { Type: LauncherProtocol.OutputFrame.End }))
            {
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or SandboxUnavailableException)
        {
            // Closing the socket ends it.
        }
    }
}
