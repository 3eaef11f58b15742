using OnlineCompiler.Cli.Tests.Server;

namespace OnlineCompiler.Cli.Tests.Commands;

/// <summary>oc in a terminal gives the program one of its own.</summary>
public sealed class TerminalTests : IAsyncLifetime
{
    private readonly ProgramFolder _folder = new(("main.py", "print(1)"));
    private FakeGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await FakeGateway.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_is_typed_passes_as_it_is_and_only_the_program_echoes()
    {
        var typed = "";
        _gateway.Converse = async run =>
        {
            await run.StartRunAsync();
            await run.PrintAsync("terminal", "\"Who? \"");
            while (!typed.EndsWith('\r') && await run.ReceiveAsync() is { } frame)
                typed += (string)frame["data"]!;
            await run.PrintAsync("terminal", "\"\\r\\nbye\\r\\n\"");
            await run.FinishAsync(""" "outcome":"nonzeroExit","exitCode":3 """);
        };
        using var oc = OcProcess.StartTerminal(_gateway.Address, _folder.Path, "$OC run main.py");
        await oc.ExpectOutputAsync("Who? ");

        oc.Type("A\u0003\u0004b\r");

        var result = await oc.WaitAsync();
        Assert.Equal((3, "Who? \r\nbye\r\n"), (result.Status, result.Output));
        Assert.Equal("A\u0003\u0004b\r", typed);
        Assert.Equal("""{"columns":100,"rows":30}""", _gateway.Runs.Single().Start["terminal"]!.ToJsonString());
    }

    [Fact]
    public async Task A_second_interruption_in_a_row_ends_oc_and_the_terminal_is_as_before()
    {
        _gateway.Converse = async run =>
        {
            await run.StartRunAsync();
            await run.PrintAsync("terminal", "\"ready\"");
            while (await run.ReceiveAsync() is not null)
            {
                // A program that is deaf to Ctrl-C.
            }
        };
        using var oc = OcProcess.StartTerminal(_gateway.Address, _folder.Path, "before=$(stty -g); $OC run main.py; echo status $?; [ \"$before\" = \"$(stty -g)\" ] && echo unchanged");
        await oc.ExpectOutputAsync("ready");

        oc.Type("\u0003x\u0003");
        oc.Type("\u0003");

        var result = await oc.WaitAsync();
        Assert.Contains("status 130\r\nunchanged", result.Output, StringComparison.Ordinal);
        await _gateway.Runs.Single().ExpectClientLeftAsync();
    }

    [Fact]
    public async Task The_program_learns_when_the_window_changes()
    {
        var size = "";
        _gateway.Converse = async run =>
        {
            await run.StartRunAsync();
            await run.PrintAsync("terminal", "\"ready\"");
            // stty changes one side after the other; the last word counts.
            while (!size.Contains("\"rows\":20", StringComparison.Ordinal) && await run.ReceiveAsync() is { } frame)
                size = frame.ToJsonString();
            await run.FinishAsync();
        };
        using var oc = OcProcess.StartTerminal(_gateway.Address, _folder.Path, "(while [ ! -e go ]; do sleep 0.05; done; stty columns 90 rows 20 < /dev/tty) & $OC run main.py");
        await oc.ExpectOutputAsync("ready");

        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "go"), "", TestContext.Current.CancellationToken);

        await oc.WaitAsync();
        Assert.Equal("""{"columns":90,"rows":20,"type":"resize"}""", size);
    }

    [Fact]
    public async Task With_its_output_elsewhere_the_program_gets_pipes()
    {
        _gateway.Converse = async run =>
        {
            await run.StartRunAsync();
            await run.PrintAsync("stdout", "\"to the file\"");
            await run.PrintAsync("stderr", "\"ready\"");
            var line = FakeRun.Bytes((await run.ReceiveAsync())!["data"]!);
            await run.FinishAsync($$""" "outcome":"nonzeroExit","exitCode":{{line.Length}} """);
        };
        using var oc = OcProcess.StartTerminal(_gateway.Address, _folder.Path, "$OC run main.py > out");
        await oc.ExpectOutputAsync("ready");

        oc.Type("Ada\n");

        Assert.Equal(4, (await oc.WaitAsync()).Status);
        Assert.Null(_gateway.Runs.Single().Start["terminal"]);
        Assert.Equal("to the file", await File.ReadAllTextAsync(Path.Combine(_folder.Path, "out"), TestContext.Current.CancellationToken));
    }
}
