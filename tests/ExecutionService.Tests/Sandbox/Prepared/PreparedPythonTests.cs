using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

/// <summary>Python is not started for a program, but copied.</summary>
public sealed class PreparedPythonTests(PreparedService service) : HostComparison(service, "python")
{
    public static TheoryData<string> Programs => [.. PythonPrograms.All.Keys];

    [Theory]
    [MemberData(nameof(Programs))]
    public Task A_program_cannot_tell_and_nobody_sees(string name)
    {
        var (entryPoint, text) = PythonPrograms.All[name];
        return AssertSameAsync(Request(entryPoint, text, "a b", "", "--c"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_conversation_is_the_same(bool isTerminal)
    {
        const string Program = """
            import os, sys
            print(sys.stdin.isatty(), sys.stdout.isatty(), sys.stdout.line_buffering, sys.argv, os.environ.get('TERM'), os.environ.get('COLORTERM'))
            if sys.stdout.isatty():
                print(os.get_terminal_size(), os.ttyname(0), os.tcgetpgrp(0) == os.getpgrp())
            print(input('ready\n')[::-1], flush=True)
            for line in sys.stdin:
                print(line.strip()[::-1], flush=True)
            sys.exit(5)
            """;
        return AssertSameConversationAsync(Request("main.py", Program, "x y"), isTerminal, ("hello\n", "olleh"), ("again\n", "niaga"));
    }

    [Fact]
    public async Task Seeds_differ_between_copies()
    {
        var request = Request("main.py", "import random, os, uuid\nprint(hash('text'), random.random(), os.urandom(8), uuid.uuid4())");
        var answers = new List<string[]>();
        for (var run = 0; run < 4; run++)
            answers.Add((await OutputOfPreparedAsync(request)).Split(' '));

        Assert.Equal(4, answers.Select(answer => answer[1]).Distinct().Count());
        Assert.Equal(4, answers.Select(answer => answer[^1]).Distinct().Count());
        // Copies of one server share how they hash; the servers take turns.
        Assert.NotEqual(1, answers.Select(answer => answer[0]).Distinct().Count());
    }

    /// <summary>Seen by the one thing that comes that late: what a library of C wants to be called when Python is no more.</summary>
    [Fact]
    public async Task Python_is_not_taken_apart_when_the_program_has_ended()
    {
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture is Architecture.X64, "Only done on x86-64.");
        var request = Request("main.py", "import ctypes\nctypes.pythonapi.Py_AtExit(ctypes.CDLL(None).abort)\nprint('end')");

        var cold = await Service.RunColdAsync(request, Token);
        var prepared = await OutputOfPreparedAsync(request);

        Assert.Equal("SIGABRT", cold.Run.Signal);
        Assert.Equal("end\n", prepared);
    }

    [Fact]
    public async Task A_request_with_variables_of_its_own_is_served_without_a_copy()
    {
        var request = Request("main.py", "import sys\nprint(sys.flags.optimize, sys.flags.hash_randomization, hash('text'))");
        request.Environment.Add("PYTHONOPTIMIZE", "1");
        request.Environment.Add("PYTHONHASHSEED", "0");

        var answer = await Service.RunPreparedAsync(request, "bare", Token);

        Assert.StartsWith("1 0 ", answer.Run.Stdout.ToStringUtf8(), StringComparison.Ordinal);
    }

    /// <summary>Addresses differ from process to process.</summary>
    private protected override string Comparable(string output) => Regex.Replace(output, "(0x|handle |started )[0-9a-f]{8,}", "$1");
}
