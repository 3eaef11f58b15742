using System.Buffers;
using System.Net.Sockets;
using OnlineCompiler.ExecutionService.Sandbox.Cgroups;
using OnlineCompiler.ExecutionService.Sandbox.Forking;
using OnlineCompiler.ExecutionService.Sandbox.Prepared;

namespace OnlineCompiler.ExecutionService.Sandbox.Launching;

/// <summary>
/// Gives a stage its slot, its control group and its connection to the launcher, and tells the launcher what to make: with
/// what it is to run, or ahead of that. Takes all back when something fails.
/// </summary>
/// <param name="slots">How many stages there may be at once.</param>
/// <param name="cgroups">Where their control groups are made.</param>
/// <param name="isolation">What their reports say.</param>
/// <param name="outerUserId">The host's user id for the slot of this number.</param>
/// <param name="cleaner">Takes them apart.</param>
/// <param name="time">Of the CPU-time watch.</param>
internal sealed class RunStarter(
    SlotPool slots, ICgroups cgroups, SandboxIsolation isolation, Func<int, uint> outerUserId, StageCleaner cleaner, TimeProvider time)
{
    private long _lastStage;

    /// <summary>Makes a stage for an order and starts its program.</summary>
    /// <exception cref="SandboxUnavailableException">The machine refused something, or the launcher was not there.</exception>
    public Task<ISandboxRun> StartAsync(SandboxOrder order, string socketPath, CancellationToken cancellationToken) =>
        StartAsync(order, Mould.BareOf(order), new StagePlace(socketPath), cancellationToken);

    /// <summary>The same, in a stage of this mould.</summary>
    /// <exception cref="SandboxUnavailableException">The machine refused something, or the launcher was not there.</exception>
    public async Task<ISandboxRun> StartAsync(SandboxOrder order, Mould mould, StagePlace place, CancellationToken cancellationToken)
    {
        var stage = await MakeAsync(
            mould,
            place,
            (hold, writer) =>
            {
                hold.Cgroup.Limit(order.Limits.MemoryBytes, ProcessesWithPid1(order.Limits));
                LauncherProtocol.PutRelease(writer, order, hold.Cgroup);
            },
            cancellationToken);
        return new LaunchedRun(order, stage, first: null, isolation, cleaner, time);
    }

    /// <summary>Makes a stage that waits for an order.</summary>
    /// <exception cref="SandboxUnavailableException">The machine refused something, or the launcher was not there.</exception>
    public async Task<PreparedStage> PrepareAsync(Mould mould, StagePlace place, CancellationToken cancellationToken)
    {
        var stage = await MakeAsync(
            mould,
            place,
            (hold, _) =>
            {
                hold.Cgroup.Limit(mould.Limits.MemoryBytes, ProcessesWithPid1(mould.Limits));
                if (mould.Host is { Forks: false })
                    hold.Cgroup.Yield();
            },
            cancellationToken);
        try
        {
            var frame = await stage.Reader.ReadAsync(cancellationToken)
                ?? throw new SandboxUnavailableException("The launcher ended before a stage was prepared.");
            if (frame.Type != LauncherProtocol.OutputFrame.Prepared)
                throw new SandboxUnavailableException($"A stage could not be prepared: {System.Text.Encoding.UTF8.GetString(frame.Data.Span)}.");
            return new PreparedStage(mould, stage, isolation, cleaner, time);
        }
        catch (Exception exception)
        {
            cleaner.Clean(stage, hasEnded: false);
            throw Explained(exception);
        }
    }

    /// <summary>One more than the program may have: pid 1 is ours.</summary>
    internal static int ProcessesWithPid1(SandboxLimits limits) => limits.Processes + 1;

    private async Task<StageHold> MakeAsync(
        Mould mould, StagePlace place, Action<StageHold, ArrayBufferWriter<byte>> addRelease, CancellationToken cancellationToken)
    {
        ICgroup? cgroup = null;
        Socket? socket = null;
        SlotPool.Slot? slot = null;
        try
        {
            slot = await slots.TakeAsync(cancellationToken);
            cgroup = cgroups.Create($"run-{Interlocked.Increment(ref _lastStage)}");
            socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            var hold = new StageHold(slot, cgroup, socket, place.Lease);
            var writer = new ArrayBufferWriter<byte>(4 * 1024);
            LauncherProtocol.PutPreparation(writer, mould, outerUserId(slot.Number), cgroup);
            addRelease(hold, writer);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(place.SocketPath), cancellationToken);
            await hold.SendAsync(writer.WrittenMemory, cancellationToken);
            return hold;
        }
        catch (Exception exception)
        {
            socket?.Dispose();
            if (cgroup is not null)
                await cgroup.DisposeAsync();
            slot?.Dispose();
            place.Lease?.Dispose();
            throw Explained(exception);
        }
    }

    private static Exception Explained(Exception exception) => exception is IOException or SocketException or UnauthorizedAccessException
        ? new SandboxUnavailableException($"A sandbox could not be made: {exception.Message}", exception)
        : exception;
}

/// <param name="SocketPath">Where the launcher listens that makes a stage.</param>
/// <param name="Lease">Ended when the stage is gone, or could not be made.</param>
internal readonly record struct StagePlace(string SocketPath, ForkLease? Lease = null);
