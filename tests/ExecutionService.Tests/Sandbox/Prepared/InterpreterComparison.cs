namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

/// <summary>What holds for each interpreter that is halted by a library. A class for each says by which programs that is seen.</summary>
/// <param name="service">Runs them in both ways.</param>
/// <param name="programs">In the language; one is called "arguments", and gets some.</param>
public abstract class InterpreterComparison(PreparedService service, InterpreterPrograms programs) : HostComparison(service, programs.Language)
{
    [Theory]
    [MemberData("Names")]
    public Task A_program_cannot_tell_and_nobody_sees(string name)
    {
        var (entryPoint, program) = programs.All[name];
        return AssertSameAsync(Request(entryPoint, program, programs.HostTakesArguments || name == "arguments" ? ["a b", "", "--c", "ä"] : []));
    }

    [Fact]
    public Task Several_files_load_each_other()
    {
        var request = Request(programs.EntryPoint, programs.Several.Program);
        request.Files.AddRange(programs.Several.Others.Select(file => Requests.File(file.Path, file.Text)));
        return AssertSameAsync(request);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_conversation_is_the_same(bool isTerminal) =>
        AssertSameConversationAsync(Request(programs.EntryPoint, programs.Reversing), isTerminal, ("hello\n", "olleh"), ("again\n", "niaga"));

    [Fact]
    public Task Random_numbers_differ_between_programs_that_waited() => AssertDiffersAsync(Request(programs.EntryPoint, programs.Random));

    [Fact]
    public async Task Only_what_the_host_cannot_do_starts_anew()
    {
        Assert.Equal("true", await IsHostsAsync(programs.EntryPoint));
        Assert.Equal("false", await IsHostsAsync("tool" + Path.GetExtension(programs.EntryPoint)));
        Assert.Equal(programs.HostTakesArguments ? "true" : "false", await IsHostsAsync(programs.EntryPoint, "x"));
    }

    private protected async Task<string> IsHostsAsync(string entryPoint, params string[] arguments) =>
        (await OutputOfPreparedAsync(Request(entryPoint, programs.TellsHost, arguments))).TrimEnd();
}

/// <summary>Programs of a language.</summary>
public sealed record InterpreterPrograms
{
    public required string Language { get; init; }

    public required string EntryPoint { get; init; }

    public required IReadOnlyDictionary<string, (string EntryPoint, string Program)> All { get; init; }

    /// <summary>One that loads others.</summary>
    public required (string Program, (string Path, string Text)[] Others) Several { get; init; }

    /// <summary>Prints "ready", then every line backwards.</summary>
    public required string Reversing { get; init; }

    /// <summary>Prints random numbers.</summary>
    public required string Random { get; init; }

    /// <summary>Prints "true" if host.so is in its own memory map, else "false".</summary>
    public required string TellsHost { get; init; }

    /// <summary>Whether a program with arguments is the host's.</summary>
    public bool HostTakesArguments { get; init; }
}
