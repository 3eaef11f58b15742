using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Tests.Compilation;

/// <summary>Several requests for one compilation at a time.</summary>
public sealed class SharedCompilationTests : IAsyncDisposable
{
    private readonly TestCache _cache = new();

    public SharedCompilationTests() => _cache.Sandbox.Script = _ => { };

    private ScriptedRun First => _cache.Sandbox.Runs[0];

    [Fact]
    public async Task Requests_that_come_meanwhile_wait_for_the_one_compilation()
    {
        var requests = Enumerable.Range(0, 8).Select(_ => _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken)).ToList();
        Assert.DoesNotContain(requests, request => request.IsCompleted);

        First.Succeed();
        var answers = await Task.WhenAll(requests);

        Assert.Single(_cache.Sandbox.Runs);
        Assert.All(answers, answer => Assert.Equal("compilation 1", answer.Output));
        Assert.Single(answers, answer => !answer.IsCached);
    }

    [Fact]
    public async Task When_the_one_who_compiles_leaves_the_others_compile_themselves()
    {
        using var leaving = new CancellationTokenSource();
        var leader = _cache.CompileAsync(cancellationToken: leaving.Token);
        var others = Enumerable.Range(0, 3).Select(_ => _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken)).ToList();
        _cache.Sandbox.Script = run => run.Succeed();

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader);
        Assert.True(First.IsDisposed);
        Assert.All(await Task.WhenAll(others), answer => Assert.NotEqual("compilation 1", answer.Output));
        Assert.True((await _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken)).IsCached);
    }

    [Fact]
    public async Task One_who_waits_may_leave_and_disturbs_nobody()
    {
        using var leaving = new CancellationTokenSource();
        var leader = _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken);
        var waiting = _cache.CompileAsync(cancellationToken: leaving.Token);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        First.Succeed();

        Assert.Equal("compilation 1", (await leader).Output);
        Assert.Single(_cache.Sandbox.Runs);
    }

    [Fact]
    public async Task A_lost_sandbox_fails_one_request_only()
    {
        var leader = _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken);
        var other = _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken);
        _cache.Sandbox.Script = run => run.Succeed();

        First.Lose();

        await Assert.ThrowsAsync<SandboxLostException>(() => leader);
        Assert.Equal("compilation 2", (await other).Output);
    }

    [Fact]
    public async Task A_sandbox_that_cannot_be_built_fails_and_the_next_request_tries_again()
    {
        _cache.Sandbox.Script = _ => throw new SandboxUnavailableException("no sandbox");
        await Assert.ThrowsAsync<SandboxUnavailableException>(() => _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken));
        _cache.Sandbox.Script = run => run.Succeed();

        Assert.Equal("compilation 2", (await _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken)).Output);
    }

    [Fact]
    public async Task One_who_does_not_read_holds_nobody_up()
    {
        await using var unread = await _cache.Cache.StartAsync(TestCache.Order(), TestContext.Current.CancellationToken);
        var other = _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken);

        First.Succeed();

        Assert.True((await other).IsCached);
    }

    public ValueTask DisposeAsync() => _cache.DisposeAsync();
}
