using System.Text;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Hostile.Tests.Witness;

namespace OnlineCompiler.Hostile.Tests.Compilers;

/// <summary>What programs and compilers leave to be handed on: only plain data, with checked names and sizes.</summary>
public sealed class ArtifactTests(WatchedHost host)
{
    [Fact]
    public async Task Links_pipes_sockets_folders_and_terminals_are_not_handed_back()
    {
        var answer = await CollectAsync("""
            import os, socket
            os.symlink('/etc/passwd', 'link'); os.symlink('/dev/zero', 'zero'); os.symlink('/', 'root'); os.symlink('.', 'loop')
            os.symlink('/proc/1/environ', 'environ'); os.mkfifo('pipe'); os.mkdir('folder'); os.mkdir('folder.txt')
            socket.socket(socket.AF_UNIX).bind('socket')
            os.symlink('/dev/shm', 'folder/shm'); open('/dev/shm/hidden', 'w').write('x')
            open('plain', 'w').write('data')
            """);

        Assert.Equal(["main.py", "plain"], answer.Artifacts.Select(artifact => artifact.Path).Order());
    }

    [Fact]
    public async Task Odd_names_come_back_as_they_are_but_for_control_characters_and_lead_nowhere()
    {
        string[] names = ["a\nb", "-rf", "..hidden", "...", "$(id)", "sp ace", "quote\"'", "tab\t", "\u001b[31m", "\\..\\up", "ü\u202e", new string('n', 255)];

        var answer = await CollectAsync($"""
            import json
            for name in json.loads(r'''{System.Text.Json.JsonSerializer.Serialize(names)}'''):
                open(name, 'w').write(name)
            """);

        Assert.Equal(Outcome.Succeeded, answer.Outcome);
        var sound = names.Where(name => !name.Any(char.IsControl)).ToList();
        Assert.Contains($"{names.Length - sound.Count} files were left out", answer.Run.Message);
        Assert.Equal(sound.Append("main.py").Order(StringComparer.Ordinal), answer.Artifacts.Select(artifact => artifact.Path).Order(StringComparer.Ordinal));
        Assert.All(answer.Artifacts.Where(artifact => artifact.Path != "main.py"), artifact => Assert.Equal(artifact.Path, artifact.Content.ToStringUtf8()));
    }

    [Fact]
    public async Task A_name_that_is_no_text_does_no_harm()
    {
        var answer = await CollectAsync("open(b'bad\\xff\\xfe', 'w').write('x')\nopen(b'\\xc0\\xae\\xc0\\xae', 'w').write('x')\nopen('good', 'w').write('x')");

        Assert.Equal(Outcome.Succeeded, answer.Outcome);
        Assert.Contains("good", answer.Artifacts.Select(artifact => artifact.Path));
        Assert.DoesNotContain(answer.Artifacts, artifact => artifact.Path.Contains("..") || artifact.Path.StartsWith('/'));
    }

    [Fact]
    public async Task More_bytes_than_may_be_handed_back_are_left_out()
    {
        var answer = await CollectAsync("""
            import os
            for i in range(6):
                open(f'big{i}', 'wb').write(os.urandom(1) * (5 << 20))
            """);

        Assert.Equal(Outcome.Succeeded, answer.Outcome);
        Assert.InRange(answer.Artifacts.Sum(artifact => artifact.Content.Length), 15 << 20, 16 << 20);
    }

    [Fact]
    public async Task A_sparse_file_counts_by_its_length()
    {
        var answer = await CollectAsync("import os\nfor i in range(10): os.truncate(os.open(f'sparse{i}', os.O_CREAT | os.O_RDWR), 60 << 20)\nopen('small', 'w').write('x')");

        Assert.Equal(["main.py", "small"], answer.Artifacts.Select(artifact => artifact.Path).Order());
    }

    [Fact]
    public async Task Thousands_of_files_do_not_outgrow_the_answer()
    {
        var answer = await CollectAsync("""
            import os
            made = 0
            try:
                for i in range(100_000):
                    os.makedirs(f'd{i % 60}', exist_ok=True)
                    open(f'd{i % 60}/f{i}', 'w').write('x')
                    made += 1
            except OSError:
                pass
            print(made > 3000)
            """);

        Assert.Equal("True\n", answer.Output());
        Assert.InRange(answer.Artifacts.Count, 1, 4200);
    }

    [Fact]
    public async Task Special_modes_do_not_travel_from_compiling_to_running()
    {
        var request = Programs.C("""
            struct stat status;
            stat("main", &status);
            printf("%o %d\n", status.st_mode & 07777, status.st_uid);
            """);
        request.Files.Add(Requests.File("wrap.sh", "\"$@\"; status=$?; [ -e main ] && chmod 6755 main; exit $status\n"));
        request.CompilerArguments.AddRange(["-wrapper", "bash,wrap.sh"]);

        (await host.RunAsync(request)).ShouldPrint("755 1000\n");
    }

    [Theory]
    [InlineData("a link to a file of the sandbox", "ln -sf /etc/passwd main")]
    [InlineData("a link to a device", "ln -sf /dev/zero main")]
    [InlineData("a pipe", "rm -f main; mkfifo main")]
    [InlineData("a folder", "rm -f main; mkdir main")]
    [InlineData("nothing", "rm -f main")]
    [InlineData("a long file of nothing", "rm -f main; truncate -s 64M main; chmod +x main")]
    public async Task An_output_that_is_no_program_is_not_run(string what, string command)
    {
        var request = Requests.Program("c", "int main(void) { return 0; }", limits: new Limits { CpuTimeLimitMs = 500 }, path: "main.c");
        // The last step of the compiler, after which nothing touches its output any more.
        request.Files.Add(Requests.File("wrap.sh", $"\"$@\"; status=$?; case $1 in *collect2*) {command} ;; esac; exit $status\n"));
        request.CompilerArguments.AddRange(["-wrapper", "bash,wrap.sh"]);

        var answer = await host.RunAsync(request);

        Assert.Equal(Outcome.Succeeded, answer.Compile.Outcome);
        // What is no binary is taken for a script, and 64 MiB of zeros make a long one.
        Assert.True(answer is { Outcome: Outcome.NonzeroExit, Run.ExitCode: 126 or 127 } or { Outcome: Outcome.CpuTimeLimit }, $"With {what}: {answer}");
    }

    [Fact]
    public async Task A_glob_that_would_take_for_ever_finds_nothing_soon()
    {
        var request = Requests.Python($"open('{new string('a', 250)}', 'w').close(); print('made')", limits: Programs.Wall(1_000));
        request.Collect.Add(string.Concat(Enumerable.Repeat("*a", 30)) + "*b");

        var answer = await host.RunAsync(request);

        answer.ShouldPrint("made\n");
        Assert.Empty(answer.Artifacts);
    }

    private async Task<ExecuteResponse> CollectAsync(string source)
    {
        var request = Requests.Python(source);
        request.Collect.Add("**");
        return await host.RunAsync(request);
    }
}
