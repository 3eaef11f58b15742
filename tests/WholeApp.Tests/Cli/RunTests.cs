using OnlineCompiler.WholeApp.Tests.Application;
using OnlineCompiler.WholeApp.Tests.Machine;

namespace OnlineCompiler.WholeApp.Tests.Cli;

/// <summary><c>oc run</c> feels local.</summary>
public sealed class RunTests(SharedApp shared)
{
    private const string Greeter = "name = input('Who? ')\nprint(f'Hello, {name}!')\n";

    private const string WaitsForInterrupt = """
        import time
        try:
            print("ready", flush=True)
            while True:
                time.sleep(0.05)
        except KeyboardInterrupt:
            print("interrupted", flush=True)
            raise SystemExit(3)
        """;

    [Fact]
    public async Task A_pipe_in_arrives_byte_for_byte_and_ends()
    {
        using var folder = new ProgramFolder(("main.py", "import sys\ndata = sys.stdin.buffer.read()\nsys.stdout.buffer.write(data[::-1])\nsys.stderr.write(f'{len(data)} bytes\\n')\n"));
        var input = new byte[300_000];
        Random.Shared.NextBytes(input);
        using var oc = OcProcess.Start(shared.App.Address, folder.Path, "run", "main.py");

        oc.Type(input);
        oc.EndInput();

        var result = await oc.WaitAsync();
        Assert.Equal((0, "300000 bytes\n"), (result.Status, result.Error));
        Assert.Equal(input.Reverse(), result.Bytes);
    }

    [Fact]
    public async Task A_prompt_is_answered_through_a_pipe()
    {
        using var folder = new ProgramFolder(("main.py", Greeter));
        using var oc = OcProcess.Start(shared.App.Address, folder.Path, "run", "main.py");

        await oc.ExpectOutputAsync("Who? ");
        oc.Type("Ada\n");

        var result = await oc.WaitAsync();
        Assert.Equal((0, "Who? Hello, Ada!\n"), (result.Status, result.Output));
    }

    [Fact]
    public async Task A_prompt_is_answered_in_a_terminal()
    {
        using var folder = new ProgramFolder(("main.py", "import os\nprint(os.get_terminal_size())\n" + Greeter));
        using var oc = OcProcess.StartTerminal(shared.App.Address, folder.Path, "$OC run main.py");

        await oc.ExpectOutputAsync("Who? ");
        // The program's terminal edits the line.
        oc.Type("Adx\u007fa\r");

        var result = await oc.WaitAsync();
        Assert.Equal(0, result.Status);
        Assert.StartsWith("os.terminal_size(columns=100, lines=30)\r\nWho? Adx\b \ba\r\nHello, Ada!", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_c_reaches_the_program()
    {
        using var folder = new ProgramFolder(("main.py", WaitsForInterrupt));
        using var oc = OcProcess.Start(shared.App.Address, folder.Path, "run", "main.py");
        await oc.ExpectOutputAsync("ready");

        await oc.SignalAsync("INT");

        var result = await oc.WaitAsync();
        Assert.Equal((3, "ready\ninterrupted\n"), (result.Status, result.Output));
    }

    [Fact]
    public async Task Control_c_in_a_terminal_reaches_the_program()
    {
        using var folder = new ProgramFolder(("main.py", WaitsForInterrupt));
        using var oc = OcProcess.StartTerminal(shared.App.Address, folder.Path, "$OC run main.py");
        await oc.ExpectOutputAsync("ready");

        oc.Type("\u0003");

        var result = await oc.WaitAsync();
        Assert.Equal(3, result.Status);
        Assert.Contains("interrupted", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_megabytes_arrive_whole_and_a_reader_of_one_line_gets_that()
    {
        using var folder = new ProgramFolder(("big.py", "for i in range(10_000):\n    print('x' * 1023)\n"));
        using var whole = OcProcess.StartShell(shared.App.Address, folder.Path, "$OC run big.py | wc -c; echo ${PIPESTATUS[0]}");
        using var first = OcProcess.StartShell(shared.App.Address, folder.Path, "$OC run big.py | head -1; echo ${PIPESTATUS[0]}");

        var (all, one) = (await whole.WaitAsync(), await first.WaitAsync());

        Assert.Equal(("10240000\n0\n", ""), (all.Output, all.Error));
        Assert.Equal((new string('x', 1023) + "\n141\n", ""), (one.Output, one.Error));
    }

    [Fact]
    public async Task A_reader_who_leaves_ends_the_program_at_once()
    {
        // Slow enough to reach no limit by itself before its time of 60 s is over.
        var mark = $"endless-{Guid.NewGuid():N}";
        using var folder = new ProgramFolder(("main.sh", $"exec -a {mark} bash -c 'while :; do echo tick; sleep 0.05; done'"));
        using var oc = OcProcess.StartShell(shared.App.Address, folder.Path, "$OC run main.sh --limit-wall-time 60 | head -1; echo ${PIPESTATUS[0]}");

        var result = await oc.WaitAsync();

        Assert.Equal(("tick\n141\n", ""), (result.Output, result.Error));
        await Eventually.TrueAsync("the program is gone", TimeSpan.FromSeconds(2), () => LinuxProcess.Marked(mark).Count == 0);
    }

    [Fact]
    public async Task Terminating_oc_ends_the_program()
    {
        var mark = $"sleeps-{Guid.NewGuid():N}";
        using var folder = new ProgramFolder(("main.sh", $"echo ready; exec -a {mark} sleep 300"));
        using var oc = OcProcess.Start(shared.App.Address, folder.Path, "run", "main.sh");
        await oc.ExpectOutputAsync("ready");
        await Eventually.TrueAsync("the program runs", TimeSpan.FromSeconds(10), () => LinuxProcess.Marked($"{mark} 300").Count == 1);

        await oc.SignalAsync("TERM");

        Assert.Equal(143, (await oc.WaitAsync()).Status);
        await Eventually.TrueAsync("the program is gone", TimeSpan.FromSeconds(2), () => LinuxProcess.Marked(mark).Count == 0);
    }

    [Fact]
    public async Task A_second_interruption_kills_a_program_that_is_deaf_to_the_first()
    {
        var mark = $"deaf-{Guid.NewGuid():N}";
        using var folder = new ProgramFolder(("main.sh", $"trap 'echo deaf' INT\necho ready\nbash -c 'trap \"\" INT; exec -a {mark} sleep 300' &\nwhile :; do sleep 0.1; done\n"));
        using var oc = OcProcess.Start(shared.App.Address, folder.Path, "run", "main.sh");
        await oc.ExpectOutputAsync("ready");
        await Eventually.TrueAsync("the program runs", TimeSpan.FromSeconds(10), () => LinuxProcess.Marked($"{mark} 300").Count == 1);

        await oc.SignalAsync("INT");
        await oc.ExpectOutputAsync("deaf");
        await oc.SignalAsync("INT");

        Assert.Equal(130, (await oc.WaitAsync()).Status);
        await Eventually.TrueAsync("the program is gone", TimeSpan.FromSeconds(2), () => LinuxProcess.Marked(mark).Count == 0);
    }
}
