using System.Net.Sockets;
using OnlineCompiler.ExecutionService.Sandbox.Cgroups;

namespace OnlineCompiler.ExecutionService.Sandbox.Launching;

/// <summary>Gives a run its slot, its control group and its connection to the launcher; takes all back when one fails.</summary>
/// <param name="slots">How many runs there may be at once.</param>
/// <param name="cgroups">Where their control groups are made.</param>
/// <param name="isolation">What their reports say.</param>
/// <param name="outerUserId">The host's user id for the slot of this number.</param>
/// <param name="time">Of the CPU-time watch.</param>
internal sealed class RunStarter(SlotPool slots, ICgroups cgroups, SandboxIsolation isolation, Func<int, uint> outerUserId, TimeProvider time)
{
    private long _lastRun;

    /// <param name="order">What to run.</param>
    /// <param name="socketPath">Where the launcher listens.</param>
    /// <param name="cancellationToken">Gives up waiting for a slot.</param>
    /// <exception cref="SandboxUnavailableException">The machine refused something, or the launcher was not there.</exception>
    public async Task<ISandboxRun> StartAsync(SandboxOrder order, string socketPath, CancellationToken cancellationToken)
    {
        var slot = await slots.TakeAsync(cancellationToken);
        ICgroup? cgroup = null;
        Socket? socket = null;
        try
        {
            var name = $"run-{Interlocked.Increment(ref _lastRun)}";
            // One more for pid 1, which is ours.
            cgroup = cgroups.Create(name, order.Limits.MemoryBytes, order.Limits.Processes + 1);
            socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
            await SendAllAsync(socket, LauncherProtocol.Order(order, outerUserId(slot.Number), cgroup), cancellationToken);
            return new LaunchedRun(order, socket, cgroup, slot, isolation, time);
        }
        catch (Exception exception)
        {
            socket?.Dispose();
            if (cgroup is not null)
                await cgroup.DisposeAsync();
            slot.Dispose();
            if (exception is IOException or SocketException or UnauthorizedAccessException)
                throw new SandboxUnavailableException($"A sandbox could not be made: {exception.Message}", exception);
            throw;
        }
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        while (data.Length > 0)
            data = data[await socket.SendAsync(data, SocketFlags.None, cancellationToken)..];
    }
}
