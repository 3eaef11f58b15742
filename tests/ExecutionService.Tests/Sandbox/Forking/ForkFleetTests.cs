using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Forking;
using OnlineCompiler.ExecutionService.Sandbox.Launching;
using OnlineCompiler.ExecutionService.Sandbox.Prepared;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Forking;

/// <summary>When servers are started, which of them serves, and when they end. Theirs is a shell that only waits for its end.</summary>
public sealed class ForkFleetTests : IAsyncDisposable
{
    private static readonly PreparedHost _host = new("toy run", ["toy"], new Dictionary<string, string>()) { Forks = true };

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("fleet-");
    private readonly FakeTimeProvider _time = new();
    private readonly ForkFleet _fleet;
    private int _mostCopies = 3;
    private int _attempts;
    private bool _fails;

    public ForkFleetTests() => _fleet = new ForkFleet(_host, StartAsync, _time, NullLogger.Instance);

    [Fact]
    public async Task Whoever_comes_first_waits_for_the_first_server()
    {
        using var lease = await TakeAsync();

        Assert.True(Directory.Exists(Path.GetDirectoryName(lease!.SocketPath)));
    }

    [Fact]
    public async Task Servers_take_turns_so_that_neighbours_have_different_seeds()
    {
        _mostCopies = int.MaxValue;
        var sockets = new List<string>();
        // The second starts beside the first, which serves meanwhile.
        for (var taken = 0; taken < 10_000 && sockets.Distinct().Count() < 2; taken++)
            await TakeAndEndAsync(sockets);
        for (var taken = 0; taken < 20; taken++)
            await TakeAndEndAsync(sockets);

        Assert.All(sockets[^20..].Zip(sockets[^19..]), neighbours => Assert.NotEqual(neighbours.First, neighbours.Second));
    }

    [Fact]
    public async Task A_server_that_made_its_copies_ends_with_the_last_of_them_and_another_takes_its_place()
    {
        var first = await TakeAsync();
        var directory = Path.GetDirectoryName(first!.SocketPath)!;
        for (var taken = 0; taken < 100; taken++)
            (await TakeAsync())!.Dispose();

        Assert.True(Directory.Exists(directory), "Its end would have been the end of a copy.");
        first.Dispose();
        await WaitForAsync(() => !Directory.Exists(directory));
        Assert.True(_attempts > 100 / _mostCopies, $"Only {_attempts} servers made 100 copies.");
    }

    [Fact]
    public async Task A_failed_start_is_no_error_and_not_repeated_at_once()
    {
        _fails = true;

        Assert.Null(await TakeAsync());
        Assert.Null(await TakeAsync());
        Assert.Equal(1, _attempts);

        _fails = false;
        _time.Advance(TimeSpan.FromMinutes(2));
        using var lease = await TakeAsync();
        Assert.NotNull(lease);
    }

    [Fact]
    public async Task At_the_end_nothing_is_left_whoever_still_has_a_copy()
    {
        await TakeAsync();

        await _fleet.EndAsync();

        Assert.Empty(_root.GetFileSystemInfos());
    }

    public async ValueTask DisposeAsync()
    {
        await _fleet.EndAsync();
        _root.Delete(recursive: true);
    }

    private Task<ForkLease?> TakeAsync() => _fleet.TakeAsync(TestContext.Current.CancellationToken);

    private async Task TakeAndEndAsync(List<string> sockets)
    {
        using var lease = await TakeAsync();
        sockets.Add(lease!.SocketPath);
        // Starting a server takes longer.
        await Task.Delay(1, TestContext.Current.CancellationToken);
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        for (var attempt = 0; attempt < 1000 && !condition(); attempt++)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.True(condition());
    }

    private async Task<ForkServer> StartAsync(PreparedHost host)
    {
        Assert.Same(_host, host);
        var directory = _root.CreateSubdirectory($"{Interlocked.Increment(ref _attempts)}");
        if (_fails)
        {
            directory.Delete();
            throw new SandboxUnavailableException("It was told to fail.");
        }
        return new ForkServer(await LauncherProcess.StartAsync(directory.FullName, "/bin/sh", ["-c", "echo ready; read end"], CancellationToken.None), _mostCopies);
    }
}
