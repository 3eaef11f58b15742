using System.Text.Json.Nodes;
using OnlineCompiler.Cli.Tests.Server;

namespace OnlineCompiler.Cli.Tests.Commands;

/// <summary>Which files and which language a program is made of.</summary>
public sealed class ProgramTests : IAsyncLifetime
{
    private readonly ProgramFolder _folder = new(
        ("src/start.py", "1"), ("src/lib/util.py", "2"), ("src/.git/config", "3"), ("data.csv", "4"),
        ("app/a.c", "5"), ("app/main.py", "6"), ("app/zoo.py", "7"), ("parts/b.lua", "8"), ("parts/a.txt", "9"), ("bare/x.txt", "10"), ("empty/.hidden", "11"),
        ("a.fs", "12"), ("a.m", "13"), ("a.zig", "14"), ("a.unknown", "15"));

    private FakeGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await FakeGateway.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("src/start.py", "python", "start.py", "start.py")]
    [InlineData("src/start.py src/lib/util.py", "python", "start.py", "start.py lib/util.py")]
    [InlineData("src/lib/util.py data.csv src/start.py", "python", "src/lib/util.py", "src/lib/util.py data.csv src/start.py")]
    [InlineData("src/start.py src", "python", "start.py", "start.py lib/util.py")]
    [InlineData("./src/../src/start.py", "python", "start.py", "start.py")]
    [InlineData("src", "python", "lib/util.py", "lib/util.py start.py")]
    [InlineData("app", "python", "main.py", "a.c main.py zoo.py")]
    [InlineData("parts", "lua", "b.lua", "a.txt b.lua")]
    [InlineData("a.m", "octave", "a.m", "a.m")]
    [InlineData("a.zig", "zig", "a.zig", "a.zig")]
    [InlineData("a.unknown --language lua", "lua", "a.unknown", "a.unknown")]
    [InlineData("app --language python", "python", null, "a.c main.py zoo.py")]
    public async Task Files_keep_their_places_and_the_first_says_the_language(string arguments, string language, string? entryPoint, string paths)
    {
        var result = await RunAsync(arguments.Split(' '));

        Assert.Equal((0, ""), (result.Status, result.Error));
        var execution = _gateway.Runs.Single().Execution;
        Assert.Equal((language, entryPoint), ((string?)execution["language"], (string?)execution["entryPoint"]));
        Assert.Equal(paths, string.Join(" ", execution["files"]!.AsArray().Select(file => (string?)file!["path"])));
    }

    [Theory]
    [InlineData("nothing.py", "there is no file \"nothing.py\"")]
    [InlineData("a.unknown", "no language is known for \"a.unknown\"; name it with --language (oc languages lists them)")]
    [InlineData("bare", "no language is known for the files of this folder; name it with --language (oc languages lists them)")]
    [InlineData("empty", "there are no files in \"empty\"")]
    [InlineData("a.fs", "\"a.fs\" may be forth or fsharp; say which with --language")]
    public async Task What_cannot_be_a_program_is_told(string path, string message)
    {
        var result = await RunAsync(path);

        Assert.Equal((125, "", $"oc: {message}\n"), (result.Status, result.Output, result.Error));
        Assert.Empty(_gateway.Runs);
    }

    [Fact]
    public async Task Too_much_for_a_program_is_told_before_it_is_sent()
    {
        for (var i = 0; i < 101; i++)
            await File.WriteAllTextAsync(Path.Combine(_folder.Path, "src", $"{i}.py"), "", TestContext.Current.CancellationToken);
        Assert.Equal("oc: a program may have at most 100 files; name those that it needs\n", (await RunAsync("src")).Error);

        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "large.py"), new byte[(4 << 20) + 1], TestContext.Current.CancellationToken);
        Assert.Equal("oc: the files of a program may have at most 4 MiB together\n", (await RunAsync("large.py")).Error);
    }

    [Fact]
    public async Task A_file_that_is_not_text_is_sent_as_it_is()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder.Path, "data.csv"), [0xff, 0x00], TestContext.Current.CancellationToken);

        await RunAsync("a.m", "data.csv");

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"base64":"/wA="}"""), _gateway.Runs.Single().Execution["files"]![1]!["content"]));
    }

    private async Task<OcResult> RunAsync(params string[] arguments)
    {
        using var oc = OcProcess.Start(_gateway.Address, _folder.Path, ["run", .. arguments]);
        oc.EndInput();
        return await oc.WaitAsync();
    }
}
