using Microsoft.AspNetCore.Http;
using OnlineCompiler.Cli.Tests.Server;

namespace OnlineCompiler.Cli.Tests.Commands;

/// <summary>What oc says when it cannot do what was asked.</summary>
public sealed class FailureTests : IAsyncLifetime
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
    public async Task No_server_is_told_with_how_to_name_another()
    {
        var server = $"http://127.0.0.1:{FreePort.Next()}";

        await ExpectFailureAsync($"oc: no server answers at {server} (Connection refused (127.0.0.1:", "run", "main.py", "--server", server);
        await ExpectFailureAsync($"oc: no server answers at {server} (Connection refused (127.0.0.1:", "run", "main.py", "--language", "python", "--server", server);
        await ExpectFailureAsync($"oc: no server answers at {server} (Connection refused (127.0.0.1:", "languages", "--server", server);
    }

    [Theory]
    [InlineData("""{"status":400,"title":"Wrong.","errors":{"execution.language":["unknown language \"pyton\"; did you mean python?"]}}""", "unknown language \"pyton\"; did you mean python?")]
    [InlineData("""{"status":400,"title":"Wrong.","errors":{"execution.limits.wallTimeMs":["must be from 1 to 60000 ms, not 90000"]}}""", "--limit-wall-time: must be from 1 to 60000 ms, not 90000")]
    [InlineData("""{"status":422,"title":"Not here.","detail":"Zig is not installed here. An operator installs it with: ./run.sh --languages zig"}""", "Zig is not installed here. An operator installs it with: ./run.sh --languages zig")]
    [InlineData("""{"status":429,"title":"Full.","detail":"The queue is full.","retryAfterSeconds":3}""", "the server is asked for too much at the moment; try again in 3 s")]
    [InlineData("""{"status":503,"title":"A service that this needs is not available."}""", "A service that this needs is not available.")]
    public async Task What_the_service_refuses_is_told_in_its_words(string problem, string message)
    {
        _gateway.Converse = run => run.SendAsync($$"""{"type":"error","problem":{{problem}}}""");

        Assert.Equal($"oc: {message}\n", await ExpectFailureAsync("oc: ", "run", "main.py"));
    }

    [Fact]
    public async Task A_caller_over_the_limit_learns_when_to_come_back()
    {
        _gateway.Refusal = StatusCodes.Status429TooManyRequests;
        Assert.Equal("oc: the server is asked for too much at the moment; try again in 5 s\n", await ExpectFailureAsync("oc: ", "run", "main.py"));
    }

    [Fact]
    public async Task A_server_that_is_something_else_is_recognized()
    {
        _gateway.Answer = context => context.WriteJsonAsync("<h1>Welcome</h1>", type: "text/html");
        await ExpectFailureAsync("oc: what answers at http://127.0.0.1:", "languages");
    }

    [Fact]
    public async Task A_lost_connection_is_told()
    {
        _gateway.Converse = async run =>
        {
            await run.StartRunAsync();
            run.Abort();
        };
        await ExpectFailureAsync("oc: The connection was lost before the program had ended.", "run", "main.py");
    }

    [Theory]
    [InlineData("oc: Required argument 'file' missing for command: 'run'.", "run")]
    [InlineData("oc: Required argument 'file' missing for command: 'run'.", "run", "--", "main.py")]
    [InlineData("oc: Required command was not provided.\noc: Unrecognized command or argument 'walk'.", "walk")]
    [InlineData("oc: \"A\" is not a variable; expected NAME=VALUE.\noc: See oc run --help.", "run", "main.py", "--env", "A")]
    [InlineData("oc: \"4X\" is not a size such as 1000000, 512K, 64M or 1G.", "run", "main.py", "--limit-memory", "4X")]
    [InlineData("oc: \"M\" is not a size", "run", "main.py", "--limit-memory", "M")]
    [InlineData("oc: \"0\" is not a number of seconds such as 2 or 0.5.", "run", "main.py", "--limit-cpu-time", "0")]
    [InlineData("oc: \"9999999\" is not a number of seconds", "run", "main.py", "--limit-wall-time", "9999999")]
    [InlineData("oc: \"localhost:8080\" is not the address of a server; expected for example http://localhost:8080.", "languages", "--server", "localhost:8080")]
    public async Task A_wrong_command_line_is_told(string message, params string[] arguments) => await ExpectFailureAsync(message, arguments);

    [Fact]
    public async Task Languages_are_listed()
    {
        using var installed = OcProcess.Start(_gateway.Address, _folder.Path, "languages");
        using var all = OcProcess.Start(_gateway.Address, _folder.Path, "languages", "--all");

        var lines = (await installed.WaitAsync()).Output.Split('\n');
        Assert.Matches("^LANGUAGE +NAME +VERSIONS +FILES$", lines[0]);
        Assert.Contains(lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, @"^fsharp +F# +1\.2\.3 +\.fs \.fsi$"));
        Assert.DoesNotContain(lines, line => line.StartsWith("zig", StringComparison.Ordinal));
        Assert.Matches(@"(?m)^zig +Zig +not installed +\.zig$", (await all.WaitAsync()).Output);
    }

    /// <returns>What was said.</returns>
    private async Task<string> ExpectFailureAsync(string message, params string[] arguments)
    {
        using var oc = OcProcess.Start(_gateway.Address, _folder.Path, arguments);
        oc.EndInput();
        var result = await oc.WaitAsync();
        Assert.Equal((125, ""), (result.Status, result.Output));
        Assert.StartsWith(message, result.Error, StringComparison.Ordinal);
        return result.Error;
    }
}
