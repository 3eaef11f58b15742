using System.Text.Json.Nodes;
using OnlineCompiler.Cli.Tests.Server;

namespace OnlineCompiler.Cli.Tests.Commands;

/// <summary>What a program and the one who started it see of each other.</summary>
public sealed class RunTests : IAsyncLifetime
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
    public async Task Output_and_error_are_the_programs_byte_for_byte()
    {
        _gateway.Converse = async run =>
        {
            await run.StartRunAsync();
            await run.PrintAsync("stdout", "\"é\\n\"");
            await run.PrintAsync("stderr", "\"oops\\n\"");
            await run.PrintAsync("stdout", """{"base64":"/wDD"}""");
            await run.FinishAsync(""" "outcome":"nonzeroExit","exitCode":3 """);
        };

        var result = await RunAsync("main.py");

        Assert.Equal(3, result.Status);
        Assert.Equal([0xc3, 0xa9, (byte)'\n', 0xff, 0x00, 0xc3], result.Bytes);
        Assert.Equal("oops\n", result.Error);
    }

    [Fact]
    public async Task Input_reaches_the_program_byte_for_byte_and_ends()
    {
        var input = new byte[200_000];
        Random.Shared.NextBytes(input);
        byte[] arrived = [];
        _gateway.Converse = async run =>
        {
            await run.StartRunAsync();
            arrived = await run.ReceiveInputAsync();
            await run.FinishAsync();
        };
        using var oc = OcProcess.Start(_gateway.Address, _folder.Path, "run", "main.py");

        oc.Type(input);
        oc.EndInput();

        Assert.Equal(0, (await oc.WaitAsync()).Status);
        Assert.Equal(input, arrived);
        Assert.Null(_gateway.Runs.Single().Start["terminal"]);
    }

    [Fact]
    public async Task Output_comes_as_it_is_printed()
    {
        var go = new TaskCompletionSource();
        _gateway.Converse = async run =>
        {
            await run.StartRunAsync();
            await run.PrintAsync("stdout", "\"Who? \"");
            await go.Task;
            await run.FinishAsync();
        };
        using var oc = OcProcess.Start(_gateway.Address, _folder.Path, "run", "main.py");

        await oc.ExpectOutputAsync("Who? ");
        go.SetResult();

        Assert.Equal(0, (await oc.WaitAsync()).Status);
    }

    [Theory]
    [InlineData("SIGSEGV", 139)]
    [InlineData("SIGINT", 130)]
    [InlineData("SIG34", 162)]
    public async Task A_signal_ends_oc_as_a_shell_says_it(string signal, int status)
    {
        _gateway.Converse = run => run.FinishAsync($$""" "outcome":"signaled","signal":"{{signal}}" """);

        Assert.Equal(status, (await RunAsync("main.py")).Status);
    }

    [Fact]
    public async Task A_program_that_does_not_compile_ends_as_its_compiler_does()
    {
        _gateway.Converse = async run =>
        {
            await run.SendAsync("""{"type":"stage","stage":"compile"}""");
            // Some compilers tell errors on standard output, which is not the program's.
            await run.PrintAsync("stdout", "\"main.ts(1,1): error\\n\"", "compile");
            await run.FinishAsync(""" "outcome":"nonzeroExit","exitCode":2 """, "compile");
        };

        var result = await RunAsync("main.py");

        Assert.Equal((2, "", "main.ts(1,1): error\n"), (result.Status, result.Output, result.Error));
    }

    [Theory]
    [InlineData("wallTimeLimit", "--limit-wall-time")]
    [InlineData("cpuTimeLimit", "--limit-cpu-time")]
    [InlineData("memoryLimit", "--limit-memory")]
    [InlineData("outputLimit", "--limit-output")]
    [InlineData("workspaceLimit", "--limit-workspace")]
    public async Task A_limit_is_told_in_a_sentence_and_has_a_status_of_its_own(string outcome, string option)
    {
        _gateway.Converse = run => run.FinishAsync($$""" "outcome":"{{outcome}}","exitCode":1,"message":"Stopped: it was too much." """);

        var result = await RunAsync("main.py");

        Assert.Equal((124, $"oc: Stopped: it was too much. See {option}.\n"), (result.Status, result.Error));
    }

    [Fact]
    public async Task Files_that_the_program_leaves_are_brought_back_and_none_leads_out()
    {
        _gateway.Converse = async run =>
        {
            await run.StartRunAsync();
            await run.SendAsync("""{"type":"artifact","path":"plots/a.png","mediaType":"image/png","content":{"base64":"/wDD"}}""");
            await run.SendAsync("""{"type":"artifact","path":"../../evil","mediaType":"text/plain","content":"x"}""");
            await run.FinishAsync();
        };

        var result = await RunAsync("main.py", "--collect", "**/*.png", "--output", "here/there");

        Assert.Equal("""["**/*.png"]""", _gateway.Runs.Single().Execution["collect"]!.ToJsonString());
        Assert.Equal([0xff, 0x00, 0xc3], await File.ReadAllBytesAsync(Path.Combine(_folder.Path, "here/there/plots/a.png"), TestContext.Current.CancellationToken));
        Assert.Equal(125, result.Status);
        Assert.Contains("leads out", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "evil")));
    }

    [Fact]
    public async Task As_much_output_is_asked_for_as_there_may_be()
    {
        Assert.Equal(0, (await RunAsync("main.py")).Status);
        Assert.Equal("""{"outputBytes":16777216}""", _gateway.Runs.Single().Execution["limits"]!.ToJsonString());
    }

    [Fact]
    public async Task A_server_that_allows_less_output_is_asked_for_its_default()
    {
        _gateway.Converse = run => run.Execution["limits"]!["outputBytes"] is null
            ? run.FinishAsync(""" "outcome":"nonzeroExit","exitCode":5 """)
            : run.SendAsync("""{"type":"error","problem":{"type":"https://x/invalid-request","status":400,"title":"Wrong.","errors":{"execution.limits.outputBytes":["must be less"]}}}""");

        Assert.Equal(5, (await RunAsync("main.py")).Status);
        Assert.Equal(2, _gateway.Runs.Count);

        var asked = await RunAsync("main.py", "--limit-output", "1G");
        Assert.Equal((125, "oc: --limit-output: must be less\n"), (asked.Status, asked.Error));
    }

    [Fact]
    public async Task Everything_that_is_asked_for_is_sent()
    {
        var result = await RunAsync(
            "main.py", "--language", "py", "--version", "^3", "--compiler-argument", "-O2", "--compiler-argument", "-lm", "--env", "A=b=c", "--env", "D=",
            "--limit-wall-time", "1.5", "--limit-cpu-time", "2", "--limit-memory", "64M", "--limit-processes", "5", "--limit-output", "1000",
            "--limit-workspace", "1m", "--limit-compile-time", "3", "--limit-compile-memory", "1G", "--", "--language", "-x", "", "--", "ä");

        Assert.Equal((0, ""), (result.Status, result.Error));
        var expected = JsonNode.Parse("""
            { "language": "py", "version": "^3", "files": [{ "path": "main.py", "content": "print(1)" }], "entryPoint": "main.py",
              "compilerArguments": ["-O2", "-lm"], "arguments": ["--language", "-x", "", "--", "ä"], "environment": { "A": "b=c", "D": "" },
              "limits": { "wallTimeMs": 1500, "cpuTimeMs": 2000, "memoryBytes": 67108864, "processes": 5, "outputBytes": 1000,
                          "workspaceBytes": 1048576, "compileWallTimeMs": 3000, "compileMemoryBytes": 1073741824 },
              "collect": [] }
            """);
        var execution = _gateway.Runs.Single().Execution;
        Assert.True(JsonNode.DeepEquals(expected, execution), execution.ToJsonString());
    }

    [Theory]
    [InlineData("OC_API_KEY=oc_variable $OC run main.py", "oc_variable")]
    [InlineData("OC_API_KEY=oc_variable $OC run main.py --api-key oc_option", "oc_option")]
    [InlineData("$OC run main.py", "")]
    public async Task A_key_is_shown_with_every_call(string line, string key)
    {
        var shown = new List<string>();
        _gateway.Answer = context =>
        {
            shown.Add(context.Request.Headers["X-Api-Key"].ToString());
            return context.WriteJsonAsync(FakeLanguages.Json);
        };
        _gateway.Converse = run =>
        {
            shown.Add(run.Headers["X-Api-Key"].ToString());
            return run.FinishAsync();
        };

        using var oc = OcProcess.StartShell(_gateway.Address, _folder.Path, line);
        Assert.Equal(0, (await oc.WaitAsync()).Status);

        Assert.Equal([key, key], shown);
    }

    private async Task<OcResult> RunAsync(params string[] arguments)
    {
        using var oc = OcProcess.Start(_gateway.Address, _folder.Path, ["run", .. arguments]);
        oc.EndInput();
        return await oc.WaitAsync();
    }
}
