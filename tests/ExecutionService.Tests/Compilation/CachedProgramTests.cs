using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Compilation;

/// <summary>The cache in the whole service, with a real compiler.</summary>
public sealed class CachedProgramTests : IAsyncDisposable
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("kept-");
    private readonly ServiceFixture _service;

    public CachedProgramTests() => _service = new ServiceFixture(new Dictionary<string, string>
    {
        ["Compilation:CacheBytes"] = "16777216",
        ["Compilation:CacheDirectory"] = Path.Combine(_state.FullName, "compilations"),
    });

    [Fact]
    public async Task A_program_is_compiled_once_and_runs_each_time()
    {
        const string Echo = "#include <stdio.h>\nint main(void) { int unused; char line[80]; puts(fgets(line, 80, stdin)); }";

        var first = await RunAsync(Echo, "one");
        var second = await RunAsync(Echo, "two");
        var other = await RunAsync(Echo + "\n", "three");

        Assert.Equal((false, true, false), (first.Compile.Cached, second.Compile.Cached, other.Compile.Cached));
        Assert.Equal(("one\n", "two\n", "three\n"), (first.Run.Stdout.ToStringUtf8(), second.Run.Stdout.ToStringUtf8(), other.Run.Stdout.ToStringUtf8()));
        Assert.False(second.Run.Cached);
        Assert.Contains("unused variable", second.Compile.Stderr.ToStringUtf8(), StringComparison.Ordinal);
        first.Compile.Cached = true;
        Assert.Equal(first.Compile, second.Compile);
    }

    [Fact]
    public async Task A_mistake_in_the_program_is_answered_again_with_its_place()
    {
        const string Wrong = "int main(void) { return x; }";

        var first = await RunAsync(Wrong, "");
        var second = await RunAsync(Wrong, "");

        Assert.Equal((false, true), (first.Compile.Cached, second.Compile.Cached));
        Assert.Equal(Outcome.NonzeroExit, second.Outcome);
        Assert.Equal(1u, Assert.Single(second.Compile.Diagnostics, diagnostic => diagnostic.Severity == Severity.Error).Line);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _state.Delete(recursive: true);
    }

    private async Task<ExecuteResponse> RunAsync(string content, string stdin) =>
        await _service.Client.ExecuteAsync(Requests.Program("c", content, stdin, path: "main.c"), cancellationToken: TestContext.Current.CancellationToken);
}
