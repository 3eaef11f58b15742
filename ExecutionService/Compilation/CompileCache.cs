using System.Collections.Concurrent;
using OnlineCompiler.ExecutionService.Languages;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Compilation;

/// <summary>A compile stage, and what tells it from others.</summary>
/// <param name="Stage">What the sandbox is to do.</param>
/// <param name="Pack">As it is with the chosen version.</param>
/// <param name="Version">Of the toolchain.</param>
/// <param name="BlamesProgram">
/// Whether a compiler's output finds a mistake in the program. A compilation that failed is kept only then: anything else
/// may be the machine's fault, and be gone the next time.
/// </param>
internal sealed record CompileOrder(SandboxOrder Stage, LanguagePack Pack, string Version, Func<IReadOnlyList<SandboxOutput>, bool> BlamesProgram);

/// <summary>
/// Compiles, or answers with what the same compilation gave before.
/// <code>
///   (1) in memory ─► (2) somebody compiles it just now: wait ─► (3) on disk ─► (4) compile, and keep what comes of it
/// </code>
/// What is kept comes from a finished sandbox of ours alone, under a key that covers all that the compiler saw; so nobody
/// can put anything there that another one's program would not have given by itself.
/// </summary>
internal sealed class CompileCache(ISandbox sandbox, KeptCompilations kept, ToolchainIdentities toolchains, CompilationTelemetry telemetry)
{
    private readonly ConcurrentDictionary<CompileKey, Task<KeptCompilation?>> _underWay = new();

    /// <summary>Starts a compilation; it is a <see cref="KeptRun"/> when nothing needs to be compiled. The caller disposes it.</summary>
    /// <exception cref="SandboxUnavailableException">The sandbox cannot be built here.</exception>
    public async Task<ISandboxRun> StartAsync(CompileOrder order, CancellationToken cancellationToken)
    {
        if (!kept.IsOn)
            return await sandbox.StartAsync(order.Stage, cancellationToken);

        // (1)
        var key = CompileKey.Of(toolchains.Of(order.Pack, order.Version), order.Stage);
        if (kept.FindHot(key) is { } hot)
            return Hit(order, hot, "memory");

        // (2)
        var mine = new TaskCompletionSource<KeptCompilation?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var underWay = _underWay.GetOrAdd(key, mine.Task);
        if (underWay != mine.Task)
        {
            // If nothing came of it, each of those who waited goes on alone: queueing behind one another, they would wait for ever.
            return await underWay.WaitAsync(cancellationToken) is { } shared
                ? Hit(order, shared, "shared")
                : await CompileAsync(order, key, _ => { }, cancellationToken);
        }

        void Finish(KeptCompilation? compilation)
        {
            _underWay.TryRemove(key, out _);
            mine.TrySetResult(compilation);
        }

        try
        {
            // (3) The memory once more: another one may have finished since we looked.
            var found = kept.FindHot(key) ?? await kept.FindOnDiskAsync(key, cancellationToken);
            if (found is not null)
            {
                Finish(found);
                return Hit(order, found, "disk");
            }

            // (4)
            return await CompileAsync(order, key, Finish, cancellationToken);
        }
        catch
        {
            Finish(null);
            throw;
        }
    }

    private KeptRun Hit(CompileOrder order, KeptCompilation compilation, string where)
    {
        telemetry.CountHit(order.Pack.Id, where);
        return new KeptRun(compilation);
    }

    private async Task<ISandboxRun> CompileAsync(CompileOrder order, CompileKey key, Action<KeptCompilation?> finish, CancellationToken cancellationToken)
    {
        telemetry.CountMiss(order.Pack.Id);
        return new WatchedRun(await sandbox.StartAsync(order.Stage, cancellationToken), order.BlamesProgram, compilation =>
        {
            if (compilation is not null)
                kept.Add(key, compilation);
            finish(compilation);
        });
    }
}
