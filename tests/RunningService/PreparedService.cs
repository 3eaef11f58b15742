using OnlineCompiler.ExecutionService.Sandbox.Namespaces;
using OnlineCompiler.ExecutionService.Sandbox.Prepared;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Tests.RunningService;

/// <summary>Runs the same request by a cold start and in a stage that waited for it; which of the two it was is checked, not hoped for.</summary>
public sealed class PreparedService : IAsyncDisposable
{
    // What the cold one has compiled the other need not compile again, unless it is the compiler that is compared.
    private readonly DirectoryInfo _compilations = Directory.CreateTempSubdirectory("compilations-");
    private readonly ServiceFixture _cold;
    private readonly ServiceFixture _prepared;

    public PreparedService()
    {
        _cold = Start("Sandbox:Prepared:Enabled", "false");
        // One of each mould: none is asked for by two at once, and booting more than that takes most of the time.
        _prepared = Start("Sandbox:Prepared:MaxPerMould", "1");

        ServiceFixture Start(string key, string value) => new(new Dictionary<string, string>
        {
            [key] = value,
            ["Compilation:CacheBytes"] = "67108864",
            ["Compilation:CacheDirectory"] = _compilations.FullName,
        });
    }

    public async Task<ExecuteResponse> RunColdAsync(ExecuteRequest request, CancellationToken cancellationToken) =>
        await _cold.Client.ExecuteAsync(request, cancellationToken: cancellationToken);

    /// <summary>Does anything with the service that makes no stages ahead.</summary>
    internal Task<T> CallColdAsync<T>(Func<ServiceFixture, Task<T>> call) => call(_cold);

    /// <param name="request">What to run. It is compiled even if it has been before, but for a mould of runs.</param>
    /// <param name="mould">Name of the mould that serves it, e.g. "javascript run" or "bare".</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<ExecuteResponse> RunPreparedAsync(ExecuteRequest request, string mould, CancellationToken cancellationToken) =>
        CallPreparedAsync(
            service => service.Client.ExecuteAsync(IsOfRuns(mould) ? request : New(request), cancellationToken: cancellationToken).ResponseAsync, mould, cancellationToken);

    /// <summary>The same call of the service that does, when a stage of this mould waits for it.</summary>
    internal async Task<T> CallPreparedAsync<T>(Func<ServiceFixture, Task<T>> call, string mould, CancellationToken cancellationToken)
    {
        var pool = await AwaitReadyAsync(call, mould, cancellationToken);
        var before = TakenOf(pool, mould);
        var answer = await call(_prepared);
        if (TakenOf(pool, mould) == before)
            throw new InvalidOperationException($"No stage of the mould \"{mould}\" was taken.");
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        await _cold.DisposeAsync();
        await _prepared.DisposeAsync();
        _compilations.Delete(recursive: true);
    }

    private static bool IsOfRuns(string mould) => mould.Split(' ') is [_, "run", ..];

    /// <summary>One that no cache knows, for a file that no compiler looks at.</summary>
    private static ExecuteRequest New(ExecuteRequest request)
    {
        var anew = request.Clone();
        anew.Files.Add(Requests.File($"{Guid.NewGuid():N}.txt", ""));
        return anew;
    }

    /// <summary>
    /// The first of its mould is made because somebody asked for one. Those of other languages are not waited for, that of the
    /// same one's other stage is.
    /// </summary>
    private async Task<PreparedPool> AwaitReadyAsync<T>(Func<ServiceFixture, Task<T>> call, string mould, CancellationToken cancellationToken)
    {
        var pool = _prepared.Service<NamespaceSandbox>().Prepared;
        if (pool is null || !pool.Counts.Any(count => count.Mould.Name == mould))
            await call(_prepared);
        pool = _prepared.Service<NamespaceSandbox>().Prepared!;
        var language = mould.Split(' ')[0];
        for (var attempt = 0; attempt < 3000; attempt++)
        {
            if (pool.Counts.Where(count => count.Mould.Name.Split(' ')[0] == language).All(count => count.Ready > 0))
                return pool;
            await Task.Delay(10, cancellationToken);
        }
        throw new InvalidOperationException($"The mould \"{mould}\" is not ready: {string.Join(", ", pool.Counts.Select(count => $"{count.Mould.Name} {count.Ready}/{count.Target}"))}.");
    }

    private static long TakenOf(PreparedPool pool, string mould) => pool.Counts.Where(count => count.Mould.Name == mould).Sum(count => count.Taken);
}
