using System.Buffers;
using System.Net.Sockets;
using OnlineCompiler.ExecutionService.Sandbox.Launching;

namespace OnlineCompiler.ExecutionService.Sandbox.Prepared;

/// <summary>A stage that waits for its order. It serves one, and is never put back.</summary>
internal sealed class PreparedStage
{
    private readonly StageHold _stage;
    private readonly SandboxIsolation _isolation;
    private readonly StageCleaner _cleaner;
    private readonly TimeProvider _time;

    public PreparedStage(Mould mould, StageHold stage, SandboxIsolation isolation, StageCleaner cleaner, TimeProvider time)
    {
        Mould = mould;
        _stage = stage;
        _isolation = isolation;
        _cleaner = cleaner;
        _time = time;
        MemoryBytes = stage.Cgroup.ReadMemoryBytes();
        Next = stage.Reader.ReadAsync(CancellationToken.None).AsTask();
    }

    public Mould Mould { get; }

    /// <summary>What it holds while it waits; 0 where nobody counts.</summary>
    public long MemoryBytes { get; }

    /// <summary>What it says next. Before its release that can only be its end.</summary>
    public Task<(LauncherProtocol.OutputFrame Type, ReadOnlyMemory<byte> Data)?> Next { get; }

    /// <summary>Gives it its order; null when it cannot serve it, or has died. Either way it is gone from here.</summary>
    public async Task<ISandboxRun?> ReleaseAsync(SandboxOrder order, CancellationToken cancellationToken)
    {
        if (Next.IsCompleted || !_stage.IsKept)
            return Refuse();
        try
        {
            _stage.Cgroup.Limit(order.Limits.MemoryBytes, RunStarter.ProcessesWithPid1(order.Limits));
            _stage.Cgroup.BeginCounting();
            var writer = new ArrayBufferWriter<byte>(16 * 1024);
            LauncherProtocol.PutRelease(writer, order, _stage.Cgroup);
            await _stage.SendAsync(writer.WrittenMemory, cancellationToken);
            return new LaunchedRun(order, _stage, Next, _isolation, _cleaner, _time);
        }
        catch (Exception exception) when (exception is IOException or SocketException or UnauthorizedAccessException)
        {
            // Its runtime has grown beyond the order's memory limit already, or it died.
            return Refuse();
        }
        catch (OperationCanceledException)
        {
            Discard();
            throw;
        }
    }

    public void Discard() => _cleaner.Clean(_stage, hasEnded: false);

    private ISandboxRun? Refuse()
    {
        Discard();
        return null;
    }
}
