using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

/// <summary>Files handed back are plain data with sound names, whatever a program left, and what was left out is told: with any sandbox.</summary>
public abstract class ArtifactBehaviour(ServiceFixture service)
{
    [Fact]
    public async Task Only_plain_files_are_handed_back_and_the_others_counted()
    {
        var answer = await RunAsync(
            """
            import os
            open('plain', 'w').write('content')
            os.symlink('/etc/passwd', 'link'); os.symlink('/proc/self/mem', 'memory'); os.symlink('.', 'loop')
            os.mkfifo('pipe')
            os.mkdir('folder')
            open('unreadable', 'w').close(); os.chmod('unreadable', 0)
            """,
            "*");

        Assert.Equal(["main.py", "plain"], Paths(answer));
        Assert.StartsWith("5 files were left out: ", answer.Run.Message);
        Assert.Equal(Outcome.Succeeded, answer.Outcome);
    }

    [Theory]
    [InlineData("b'new\\nline'")]
    [InlineData("b'tab\\t'")]
    [InlineData("b'escape\\x1b[2J'")]
    [InlineData("b'latin\\xe9'")]
    [InlineData("b'overlong\\xc0\\xaf'")]
    [InlineData("b'overlong\\xe0\\x80\\xaf'")]
    [InlineData("b'surrogate\\xed\\xa0\\x80'")]
    [InlineData("b'beyond\\xf4\\x90\\x80\\x80'")]
    [InlineData("b'cut\\xe2\\x82'")]
    [InlineData("b'next line\\xc2\\x85'")]
    public async Task A_file_whose_name_no_reader_could_trust_is_left_out(string name)
    {
        var answer = await RunAsync($"open({name}, 'w').close(); open('sound', 'w').close()", "**");

        Assert.Equal(["main.py", "sound"], Paths(answer));
        Assert.StartsWith("1 file was left out: ", answer.Run.Message);
    }

    [Fact]
    public async Task Names_in_any_script_are_handed_back_as_they_are()
    {
        var answer = await RunAsync("open('größe-日本-🙂.txt', 'w').write('x')", "*.txt");

        Assert.Equal(["größe-日本-🙂.txt"], Paths(answer));
        Assert.Equal("", answer.Run.Message);
    }

    [Fact]
    public async Task Hard_links_and_sparse_files_count_for_what_they_say_to_hold()
    {
        var answer = await RunAsync(
            """
            import os
            with open('a-sparse', 'wb') as f: f.truncate(10 << 20)
            for i in range(5): os.link('a-sparse', f'b-link{i}')
            with open('c-huge', 'wb') as f: f.truncate(40 << 20)
            """,
            "*-*");

        // 16 MiB have room for one of them.
        Assert.Single(answer.Artifacts);
        Assert.StartsWith("6 files were left out: ", answer.Run.Message);
        Assert.Contains("up to 16 MiB", answer.Run.Message);
    }

    [Fact]
    public async Task Set_user_id_and_other_special_modes_do_not_leave_the_sandbox()
    {
        var answer = await service.Client.ExecuteAsync(
            Requests.Program("c", "#include <sys/stat.h>\nint main(int c, char **v) { return chmod(\"main\", 07777) + c - 1; }", path: "main.c"),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Outcome.Succeeded, answer.Outcome);

        answer = await RunAsync("import os\nopen('s', 'w').close(); os.chmod('s', 0o6755)", "s");
        Assert.Equal(["s"], Paths(answer));
    }

    [Fact]
    public async Task Globs_that_take_others_for_ever_are_matched_in_no_time()
    {
        var request = Requests.Python("for i in range(2000): open('a' * 200 + str(i), 'w').close()");
        request.Collect.Add(string.Concat(Enumerable.Repeat("*a", 60)) + "b");
        request.Collect.Add(string.Concat(Enumerable.Repeat("**", 60)) + "b");

        var answer = await service.Client.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Outcome.Succeeded, answer.Outcome);
        Assert.Empty(answer.Artifacts);
    }

    [Fact]
    public async Task Nothing_is_handed_back_of_a_program_that_was_killed()
    {
        var request = Requests.Bash("echo x > made; sleep 30", limits: new Limits { WallTimeLimitMs = 500 });
        request.Collect.Add("*");

        var answer = await service.Client.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Outcome.WallTimeLimit, answer.Outcome);
        Assert.Empty(answer.Artifacts);
    }

    protected async Task<ExecuteResponse> RunAsync(string program, string glob)
    {
        var request = Requests.Python(program);
        request.Collect.Add(glob);
        return await service.Client.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken);
    }

    protected static IEnumerable<string> Paths(ExecuteResponse answer) => answer.Artifacts.Select(file => file.Path).Order(StringComparer.Ordinal);
}
