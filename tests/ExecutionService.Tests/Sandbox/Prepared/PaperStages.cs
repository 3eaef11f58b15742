using System.Net.Sockets;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Cgroups;
using OnlineCompiler.ExecutionService.Sandbox.Launching;
using OnlineCompiler.ExecutionService.Sandbox.Prepared;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

/// <summary>Makes stages without anything in them, of any weight, and knows what became of them. A test plays their launcher.</summary>
internal sealed class PaperStages : IDisposable
{
    private readonly Lock _lock = new();
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("paper-");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly List<PaperGroup> _groups = [];
    private readonly List<Socket> _launchers = [];
    private readonly SlotPool _slots = new(100);
    private readonly StageCleaner _cleaner = new();
    private readonly UnixDomainSocketEndPoint _address;

    public PaperStages()
    {
        _address = new UnixDomainSocketEndPoint(Path.Combine(_directory.FullName, "socket"));
        _listener.Bind(_address);
        _listener.Listen();
    }

    /// <summary>Of the next ones.</summary>
    public long MemoryBytes { get; set; } = 1;

    /// <summary>Instead of making one.</summary>
    public Exception? Failure { get; set; }

    /// <summary>How often one was asked for.</summary>
    public int Attempts { get; private set; }

    public int Made
    {
        get
        {
            lock (_lock)
                return _groups.Count;
        }
    }

    /// <summary>Those that were taken apart, by the order in which they were made.</summary>
    public IReadOnlyList<bool> Gone
    {
        get
        {
            lock (_lock)
                return [.. _groups.Select(group => group.IsGone)];
        }
    }

    public async Task<PreparedStage> MakeAsync(Mould mould, CancellationToken cancellationToken)
    {
        Attempts++;
        if (Failure is not null)
            throw Failure;
        var service = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await service.ConnectAsync(_address, cancellationToken);
        var launcher = await _listener.AcceptAsync(cancellationToken);
        var group = new PaperGroup(MemoryBytes);
        lock (_lock)
        {
            _groups.Add(group);
            _launchers.Add(launcher);
        }
        return new PreparedStage(mould, new StageHold(await _slots.TakeAsync(cancellationToken), group, service), SandboxIsolation.Full, _cleaner, TimeProvider.System);
    }

    /// <summary>Ends one as its launcher would, by the order in which they were made.</summary>
    public void Kill(int number)
    {
        lock (_lock)
            _launchers[number].Dispose();
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var launcher in _launchers)
            launcher.Dispose();
        _directory.Delete(recursive: true);
    }

    private sealed class PaperGroup(long memoryBytes) : ICgroup
    {
        private volatile bool _isGone;

        public bool IsGone => _isGone;

        public IReadOnlyList<string> Directories => [];

        public IReadOnlyList<string> ProgramDirectories => [];

        public void Limit(long memoryBytes, int processes)
        {
        }

        public void Yield()
        {
        }

        public void BeginCounting()
        {
        }

        public TimeSpan ReadCpuTime() => TimeSpan.Zero;

        public long ReadMemoryBytes() => memoryBytes;

        public long ReadMemoryPeakBytes() => memoryBytes;

        public bool ReadMemoryLimitReached() => false;

        public ValueTask DisposeAsync()
        {
            _isGone = true;
            return ValueTask.CompletedTask;
        }
    }
}
