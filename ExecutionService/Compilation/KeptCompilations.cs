using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Compilation;

/// <summary>All kept compilations: on disk, and those used last in memory, too.</summary>
internal sealed class KeptCompilations : IAsyncDisposable
{
    private const long HotBytes = 64 * 1024 * 1024;

    private readonly HotCompilations _hot;
    private readonly CompilationFiles? _files;
    private readonly Lock _lock = new();
    private Task _writing = Task.CompletedTask;

    public KeptCompilations(
        IOptions<CompilationOptions> options,
        IOptions<SandboxOptions> sandbox,
        IHostEnvironment host,
        TimeProvider time,
        CompilationTelemetry telemetry,
        ILogger<KeptCompilations> logger)
    {
        var capacity = options.Value.CacheBytes;
        IsOn = capacity > 0;
        _hot = new HotCompilations(Math.Min(capacity, HotBytes));
        if (!IsOn)
            return;
        var name = options.Value.CacheDirectory ?? Path.Combine(sandbox.Value.StateDirectory, $"onlinecompiler.compilations.{Posix.GetEffectiveUserId()}");
        var folder = Path.GetFullPath(name, host.ContentRootPath);
        try
        {
            PrivateFolder.Make(folder);
            _files = new CompilationFiles(folder, capacity, time, logger);
            telemetry.Observe(_files);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.NoCompilationFolder(exception.Message);
        }
    }

    public bool IsOn { get; }

    public KeptCompilation? FindHot(CompileKey key) => _hot.Find(key);

    public async Task<KeptCompilation?> FindOnDiskAsync(CompileKey key, CancellationToken cancellationToken)
    {
        if (_files is null || await _files.ReadAsync(key, cancellationToken) is not { } found)
            return null;
        _hot.Add(key, found);
        return found;
    }

    /// <summary>At once in memory, on disk a little later and one after another: nobody waits for that.</summary>
    public void Add(CompileKey key, KeptCompilation compilation)
    {
        _hot.Add(key, compilation);
        if (_files is not { } files)
            return;
        lock (_lock)
            _writing = _writing.ContinueWith(_ => files.Write(key, compilation), TaskScheduler.Default);
    }

    /// <summary>A service that stops keeps what it has compiled.</summary>
    public async ValueTask DisposeAsync()
    {
        Task writing;
        lock (_lock)
            writing = _writing;
        await writing;
    }
}
