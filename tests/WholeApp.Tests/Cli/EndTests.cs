using OnlineCompiler.WholeApp.Tests.Application;

namespace OnlineCompiler.WholeApp.Tests.Cli;

/// <summary>How a program ended is how <c>oc run</c> ends.</summary>
public sealed class EndTests(SharedApp shared)
{
    [Theory]
    [InlineData("main.py", "import sys; sys.exit(int(sys.argv[1]))", 7, "")]
    [InlineData("main.sh", "exit $1", 7, "")]
    [InlineData("main.sh", "kill -SEGV $$", 139, "oc: The program accessed memory that is not its own (segmentation fault)")]
    [InlineData("main.sh", "kill -TERM $$", 143, "oc: The program was ended by SIGTERM.\n")]
    [InlineData("main.c", "int main(void) { return nothing; }", 1, "main.c: In function")]
    [InlineData("main.c", "#include <stdlib.h>\nint main(int argc, char **argv) { return argc > 1 ? atoi(argv[1]) : 1; }", 7, "")]
    public async Task The_exit_status_is_the_programs(string file, string content, int status, string error)
    {
        using var folder = new ProgramFolder((file, content));

        var result = await RunAsync(folder, file, "--", "7");

        Assert.Equal((status, ""), (result.Status, result.Output));
        Assert.StartsWith(error, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_is_told_in_a_sentence()
    {
        using var folder = new ProgramFolder(("main.py", "while True: pass"));

        var result = await RunAsync(folder, "main.py", "--limit-cpu-time", "0.3");

        Assert.Equal(124, result.Status);
        Assert.Equal("oc: Stopped: it used more than the CPU-time limit of 0.3 s. See --limit-cpu-time.\n", result.Error);
    }

    [Fact]
    public async Task Several_files_are_one_program_that_starts_with_the_first()
    {
        using var folder = new ProgramFolder(("src/start.py", "from lib.words import word\nprint(word)\nopen('left.txt', 'w').write(word)\n"), ("src/lib/words.py", "word = 'two files'\n"));

        var result = await RunAsync(folder, "src/start.py", "src/lib/words.py", "--collect", "*.txt");

        Assert.Equal((0, "two files\n", ""), (result.Status, result.Output, result.Error));
        Assert.Equal("two files", await File.ReadAllTextAsync(Path.Combine(folder.Path, "artifacts/left.txt"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_language_that_is_not_there_is_told()
    {
        using var folder = new ProgramFolder(("main.py", ""));

        var result = await RunAsync(folder, "main.py", "--language", "pyhton");

        Assert.Equal(125, result.Status);
        Assert.Contains("python", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_above_the_maximum_is_told_by_its_option()
    {
        using var folder = new ProgramFolder(("main.py", ""));

        var result = await RunAsync(folder, "main.py", "--limit-wall-time", "3600");

        Assert.Equal((125, "oc: --limit-wall-time: must be from 1 to 60000 ms, not 3600000\n"), (result.Status, result.Error));
    }

    [Fact]
    public async Task The_languages_are_listed()
    {
        using var folder = new ProgramFolder();
        using var oc = OcProcess.Start(shared.App.Address, folder.Path, "languages");

        Assert.Matches(@"(?m)^python +Python +3\..*\.py", (await oc.WaitAsync()).Output);
    }

    private async Task<OcResult> RunAsync(ProgramFolder folder, params string[] arguments)
    {
        using var oc = OcProcess.Start(shared.App.Address, folder.Path, ["run", .. arguments]);
        oc.EndInput();
        return await oc.WaitAsync();
    }
}
