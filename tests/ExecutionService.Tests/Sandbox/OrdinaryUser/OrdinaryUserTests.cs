using System.Globalization;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.OrdinaryUser;

/// <summary>What holds for an ordinary user's service, with cgroups and without.</summary>
public abstract class OrdinaryUserTests(OrdinaryUserService service)
{
    private static readonly Dictionary<string, (string Path, string Content)> _hello = new()
    {
        ["bash"] = ("main.sh", "echo hello"),
        ["c"] = ("main.c", "#include <stdio.h>\nint main(void) { puts(\"hello\"); }"),
        ["cpp"] = ("main.cpp", "#include <iostream>\nint main() { std::cout << \"hello\\n\"; }"),
        ["csharp"] = ("main.cs", "Console.WriteLine(\"hello\");"),
        ["java"] = ("Main.java", "class Main { public static void main(String[] a) { System.out.println(\"hello\"); } }"),
        ["javascript"] = ("main.js", "console.log('hello')"),
        ["python"] = ("main.py", "print('hello')"),
        ["typescript"] = ("main.ts", "const word: string = 'hello'; console.log(word)"),
    };

    public static TheoryData<string> Languages { get; } = [.. _hello.Keys];

    private protected OrdinaryUserService Service => service;

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Every_language_says_hello(string language)
    {
        OrdinaryUserService.SkipUnlessRoot();
        var installed = await service.Client.ListLanguagesAsync(new ListLanguagesRequest(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.SkipUnless(installed.Languages.Single(known => known.Id == language).Installed, $"{language} is not installed");

        var answer = await service.RunAsync(Requests.Program(language, _hello[language].Content, path: _hello[language].Path));

        Assert.True(answer.Run?.Stdout.ToStringUtf8() == "hello\n", answer.ToString());
        Assert.Equal(Outcome.Succeeded, answer.Outcome);
    }

    [Fact]
    public async Task A_program_is_runner_inside_and_the_services_own_user_outside()
    {
        OrdinaryUserService.SkipUnlessRoot();
        var mark = $"mark-{Guid.NewGuid():N}";
        using var call = service.Client.ExecuteStream(
            Requests.Bash($"id -u; grep -h '^Cap' /proc/self/status | cut -f2 | sort -u; ls -A /sys /root /home 2>&1 | grep -c 'No such'; exec -a {mark} sleep 30"),
            cancellationToken: TestContext.Current.CancellationToken);
        var said = "";
        while (said.Count(character => character == '\n') < 3 && await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            said += call.ResponseStream.Current.Output?.Data.ToStringUtf8();

        Assert.Equal("1000\n0000000000000000\n3\n", said);
        var users = await OuterUsersAsync(mark);
        Assert.Equal([OrdinaryUserService.UserId], users);
    }

    [Fact]
    public async Task Wall_time_cpu_time_output_and_workspace_limits_hold()
    {
        OrdinaryUserService.SkipUnlessRoot();
        var sleeping = await service.RunAsync(Requests.Bash("sleep 60", limits: new Limits { WallTimeLimitMs = 300 }));
        var spinning = await service.RunAsync(Requests.Bash("while :; do :; done", limits: new Limits { CpuTimeLimitMs = 1000 }));
        var printing = await service.RunAsync(Requests.Bash("yes", limits: new Limits { OutputLimitBytes = 10_000 }));
        var writing = await service.RunAsync(Requests.Bash("head -c 9M /dev/zero > big", limits: new Limits { WorkspaceLimitBytes = 4 << 20 }));

        Assert.True(sleeping.Outcome == Outcome.WallTimeLimit, sleeping.ToString());
        Assert.True(spinning.Outcome == Outcome.CpuTimeLimit, spinning.ToString());
        Assert.True(printing.Outcome == Outcome.OutputLimit, printing.ToString());
        Assert.True(writing.Outcome == Outcome.WorkspaceLimit, writing.ToString());
    }

    [Fact]
    public async Task A_fork_bomb_is_stopped_by_the_process_limit()
    {
        OrdinaryUserService.SkipUnlessRoot();
        var answer = await service.RunAsync(Requests.Python(
            "import os, time\nmade = 0\ntry:\n    while True:\n        if os.fork() == 0: time.sleep(20)\n        made += 1\nexcept OSError as error: print(made, error.strerror)",
            limits: new Limits { ProcessLimit = 20 }));

        Assert.Equal("19 Resource temporarily unavailable\n", answer.Run.Stdout.ToStringUtf8());
    }

    [Fact]
    public async Task Memory_that_is_eaten_ends_at_the_limit()
    {
        OrdinaryUserService.SkipUnlessRoot();
        var answer = await service.RunAsync(Requests.Python(
            "blocks = []\nwhile True: blocks.append(bytearray(1 << 20))", limits: new Limits { MemoryLimitBytes = 64 << 20 }));

        Assert.NotEqual(Outcome.Succeeded, answer.Outcome);
        Assert.InRange(answer.Run.MemoryPeakBytes, 0ul, 80ul << 20);
    }

    private protected async Task<string> ReadinessAsync() =>
        await (await service.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private protected static IEnumerable<string> ProcessesMarked(string mark) =>
        Directory.GetDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]) && Text(folder, "cmdline").Contains(mark, StringComparison.Ordinal));

    private static async Task<int[]> OuterUsersAsync(string mark)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            // The shell's command line holds the mark as well, until it becomes the sleeper.
            var users = ProcessesMarked(mark).Where(folder => Text(folder, "comm") == "sleep\n").Select(UserOf).ToArray();
            if (users.Length > 0)
                return users;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        return [];
    }

    private static int UserOf(string process) =>
        int.Parse(Text(process, "status").Split('\n').Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1], CultureInfo.InvariantCulture);

    private static string Text(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file));
        }
        catch (IOException)
        {
            // It has just ended.
            return "";
        }
    }
}
