using OnlineCompiler.ExecutionService.Compilation;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Tests.Compilation;

public sealed class CompileCacheTests : IAsyncDisposable
{
    private readonly TestCache _cache = new();

    /// <summary>One change each of all that a compilation can see.</summary>
    private static readonly Dictionary<string, Func<CompileOrder>> _changes = new()
    {
        ["content"] = () => TestCache.Order(TestCache.Stage("int main() { }")),
        ["file name"] = () => TestCache.Order(TestCache.Stage() with { Files = [TestCache.Stage().Files[0], TestCache.Stage().Files[1] with { Path = "else.toy" }] }),
        ["file mode"] = () => TestCache.Order(TestCache.Stage() with { Files = [TestCache.Stage().Files[0], TestCache.Stage().Files[1] with { IsExecutable = true }] }),
        ["one file fewer"] = () => TestCache.Order(TestCache.Stage() with { Files = [TestCache.Stage().Files[0]] }),
        ["contents exchanged"] = () => TestCache.Order(TestCache.Stage() with
        {
            Files = [TestCache.Stage().Files[0] with { Path = "other.toy" }, TestCache.Stage().Files[1] with { Path = "main.toy" }],
        }),
        ["argument"] = () => TestCache.Order(TestCache.Stage() with { Command = ["compile", "main.toy", "-g"] }),
        ["arguments cut elsewhere"] = () => TestCache.Order(TestCache.Stage() with { Command = ["compile", "main", ".toy"] }),
        ["environment"] = () => TestCache.Order(TestCache.Stage() with { Environment = new Dictionary<string, string> { ["LANG"] = "C", ["HOME"] = "/" } }),
        ["outputs"] = () => TestCache.Order(TestCache.Stage() with { Collect = ["main", "*.dll"] }),
        ["limit"] = () => TestCache.Order(TestCache.Stage() with { Limits = TestCache.Stage().Limits with { MemoryBytes = 2 } }),
        ["version"] = () => TestCache.Order(version: "1.1"),
    };

    public static TheoryData<string> Changes => [.. _changes.Keys];

    [Fact]
    public async Task The_same_compilation_is_made_once_and_answers_as_the_first_time()
    {
        var first = await _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken);
        var second = await _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Single(_cache.Sandbox.Runs);
        Assert.False(first.IsCached);
        Assert.True(second.IsCached);
        AssertSame(first, second);
    }

    [Fact]
    public async Task A_compilation_outlives_the_service()
    {
        var first = await _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken);
        await _cache.WaitForEntriesAsync(1);
        await _cache.RestartAsync();

        var second = await _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Single(_cache.Sandbox.Runs);
        Assert.True(second.IsCached);
        AssertSame(first, second);
    }

    [Fact]
    public async Task The_order_of_files_and_variables_changes_nothing()
    {
        var stage = TestCache.Stage();
        await _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken);

        var turned = stage with { Files = [stage.Files[1], stage.Files[0]], Environment = new Dictionary<string, string> { ["HOME"] = "/", ["LANG"] = "C.UTF-8" } };
        var second = await _cache.CompileAsync(TestCache.Order(turned), TestContext.Current.CancellationToken);

        Assert.True(second.IsCached);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Whatever_changes_is_compiled_anew(string change)
    {
        await _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken);

        var changed = await _cache.CompileAsync(_changes[change](), TestContext.Current.CancellationToken);
        var unchanged = await _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("compilation 2", changed.Output);
        Assert.Equal("compilation 1", unchanged.Output);
    }

    [Fact]
    public async Task A_changed_pack_compiles_anew_but_a_new_test_case_does_not()
    {
        await _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken);
        _cache.ChangePack("tests/case.json", "{}");
        var afterTestCase = await _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken);
        _cache.ChangePack("compile.sh", "exec compile");

        var afterScript = await _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(afterTestCase.IsCached);
        Assert.False(afterScript.IsCached);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failure_is_kept_only_when_the_compiler_blames_the_program(bool blamesProgram)
    {
        _cache.Sandbox.Script = run => run.End(SandboxOutcome.NonzeroExit, 1);
        var order = TestCache.Order(blamesProgram: blamesProgram);
        var first = await _cache.CompileAsync(order, TestContext.Current.CancellationToken);

        var second = await _cache.CompileAsync(order, TestContext.Current.CancellationToken);

        Assert.Equal(blamesProgram, second.IsCached);
        Assert.Equal(blamesProgram ? 1 : 2, _cache.Sandbox.Runs.Count);
        Assert.Equal(1, first.Report.ExitCode);
        Assert.Equal(1, second.Report.ExitCode);
    }

    [Theory]
    [InlineData(nameof(SandboxOutcome.WallTimeLimit))]
    [InlineData(nameof(SandboxOutcome.CpuTimeLimit))]
    [InlineData(nameof(SandboxOutcome.MemoryLimit))]
    [InlineData(nameof(SandboxOutcome.OutputLimit))]
    [InlineData(nameof(SandboxOutcome.WorkspaceLimit))]
    [InlineData(nameof(SandboxOutcome.Signaled))]
    [InlineData(nameof(SandboxOutcome.Cancelled))]
    public async Task What_was_cut_short_is_never_kept(string outcome)
    {
        _cache.Sandbox.Script = run => run.End(Enum.Parse<SandboxOutcome>(outcome), exitCode: null);
        var order = TestCache.Order(blamesProgram: true);
        await _cache.CompileAsync(order, TestContext.Current.CancellationToken);

        var second = await _cache.CompileAsync(order, TestContext.Current.CancellationToken);

        Assert.False(second.IsCached);
    }

    [Fact]
    public async Task A_success_that_left_files_out_is_not_kept()
    {
        _cache.Sandbox.Script = run => run.End(SandboxOutcome.Succeeded, 0, "1 file was left out");
        await _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.False((await _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken)).IsCached);
    }

    [Fact]
    public async Task What_its_user_interrupted_is_not_kept()
    {
        _cache.Sandbox.Script = _ => { };
        await using (var run = await _cache.Cache.StartAsync(TestCache.Order(blamesProgram: true), TestContext.Current.CancellationToken))
        {
            await run.SignalAsync(2, TestContext.Current.CancellationToken);
            _cache.Sandbox.Runs[0].End(SandboxOutcome.NonzeroExit, 130);
            await foreach (var _ in run.ReadEventsAsync(TestContext.Current.CancellationToken))
            {
            }
        }
        _cache.Sandbox.Script = run => run.Succeed();

        Assert.False((await _cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken)).IsCached);
    }

    [Fact]
    public async Task Switched_off_it_keeps_nothing()
    {
        await using var cache = new TestCache(cacheBytes: 0);
        await cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.False((await cache.CompileAsync(cancellationToken: TestContext.Current.CancellationToken)).IsCached);
        Assert.False(Directory.Exists(cache.Folder));
    }

    public ValueTask DisposeAsync() => _cache.DisposeAsync();

    private static void AssertSame(Compiled expected, Compiled actual)
    {
        Assert.Equal(expected.Output, actual.Output);
        Assert.Equal(expected.Report, actual.Report);
        var (made, kept) = (Assert.Single(expected.Files), Assert.Single(actual.Files));
        Assert.Equal((made.Path, made.IsExecutable), (kept.Path, kept.IsExecutable));
        Assert.Equal(made.Content.ToArray(), kept.Content.ToArray());
    }
}
