using OnlineCompiler.Cli.Tests.Server;

namespace OnlineCompiler.Cli.Tests.Commands;

/// <summary>What ends oc before its program, or only its program.</summary>
public sealed class LeavingTests : IAsyncLifetime
{
    private const string Ready = "ready";
    private readonly ProgramFolder _folder = new(("main.py", "print(1)"));
    private FakeGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await FakeGateway.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("INT", "SIGINT")]
    [InlineData("QUIT", "SIGQUIT")]
    public async Task A_signal_from_the_keyboard_is_the_programs(string signal, string sent)
    {
        _gateway.Converse = async run =>
        {
            await BeReadyAsync(run);
            var frame = await run.ReceiveAsync();
            await run.FinishAsync($$""" "outcome":"nonzeroExit","exitCode":{{(frame?.ToJsonString() == $$"""{"signal":"{{sent}}","type":"signal"}""" ? 3 : 4)}} """);
        };
        using var oc = await StartAsync();

        await oc.SignalAsync(signal);

        Assert.Equal(3, (await oc.WaitAsync()).Status);
    }

    [Fact]
    public async Task A_second_interruption_ends_oc_and_with_it_the_program()
    {
        var interrupted = new TaskCompletionSource();
        _gateway.Converse = async run =>
        {
            await BeReadyAsync(run);
            await run.ReceiveAsync();
            interrupted.SetResult();
            await run.ReceiveAsync();
        };
        using var oc = await StartAsync();

        await oc.SignalAsync("INT");
        await interrupted.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await oc.SignalAsync("INT");

        var result = await oc.WaitAsync();
        Assert.Equal((130, ""), (result.Status, result.Error));
        await _gateway.Runs.Single().ExpectClientLeftAsync();
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task A_signal_to_end_ends_the_program_too(string signal, int status)
    {
        _gateway.Converse = async run =>
        {
            await BeReadyAsync(run);
            await run.ReceiveAsync();
        };
        using var oc = await StartAsync();

        await oc.SignalAsync(signal);

        var result = await oc.WaitAsync();
        Assert.Equal((status, ""), (result.Status, result.Error));
        await _gateway.Runs.Single().ExpectClientLeftAsync();
    }

    [Fact]
    public async Task Interrupting_the_compiler_is_an_interruption()
    {
        _gateway.Converse = async run =>
        {
            await run.SendAsync("""{"type":"stage","stage":"compile"}""");
            await run.PrintAsync("stderr", $"\"{Ready}\"", "compile");
            await run.ReceiveAsync();
            await run.FinishAsync(""" "outcome":"cancelled","message":"Compiling was interrupted." """, "compile");
        };
        using var oc = OcProcess.StartShell(_gateway.Address, _folder.Path, "exec 2>&1; exec $OC run main.py");
        await oc.ExpectOutputAsync(Ready);

        await oc.SignalAsync("INT");

        var result = await oc.WaitAsync();
        Assert.Equal((130, Ready), (result.Status, result.Output));
    }

    [Fact]
    public async Task A_reader_who_leaves_ends_oc_quietly_and_with_it_the_program()
    {
        var line = $"\"{new string('x', 1_000)}\\n\"";
        _gateway.Converse = async run =>
        {
            await run.StartRunAsync();
            var reading = run.DrainAsync();
            while (!reading.IsCompleted)
                await run.PrintAsync("stdout", line);
        };
        using var oc = OcProcess.StartShell(_gateway.Address, _folder.Path, "$OC run main.py < /dev/null | head -1; echo ${PIPESTATUS[0]}");

        var result = await oc.WaitAsync();

        Assert.Equal((new string('x', 1_000) + "\n141\n", ""), (result.Output, result.Error));
        await _gateway.Runs.Single().ExpectClientLeftAsync();
    }

    [Fact]
    public async Task A_reader_who_reads_no_more_does_not_keep_oc_from_leaving()
    {
        var stuck = new TaskCompletionSource();
        _gateway.Converse = async run =>
        {
            await BeReadyAsync(run);
            // More than a pipe holds.
            await run.PrintAsync("stdout", $"\"{new string('x', 200_000)}\"");
            stuck.SetResult();
            await run.ReceiveAsync();
        };
        using var oc = OcProcess.StartShell(
            _gateway.Address, _folder.Path, "mkfifo pipe; exec 3<>pipe; $OC run main.py > pipe & read -rn5 -u3 word; echo $word; read -r; kill $!; wait $!; echo $?");
        await oc.ExpectOutputAsync(Ready);
        await stuck.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        oc.Type("\n");

        Assert.Equal($"{Ready}\n143\n", (await oc.WaitAsync()).Output);
    }

    private static async Task BeReadyAsync(FakeRun run)
    {
        await run.StartRunAsync();
        await run.PrintAsync("stdout", $"\"{Ready}\"");
    }

    private async Task<OcProcess> StartAsync()
    {
        var oc = OcProcess.Start(_gateway.Address, _folder.Path, "run", "main.py");
        await oc.ExpectOutputAsync(Ready);
        return oc;
    }
}
