using System.CommandLine;
using OnlineCompiler.Cli.Running;
using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Commands;

/// <summary><c>oc run</c></summary>
internal sealed class RunCommand
{
    private readonly ProgramOptions _program = new();
    private readonly OutputOption _output = new();
    private readonly ServerOption _server = new();
    private readonly ApiKeyOption _apiKey = new();
    private readonly string[] _arguments;

    private RunCommand(string[] arguments) => _arguments = arguments;

    /// <param name="arguments">What follows <c>--</c>: the program's.</param>
    public static Command Create(string[] arguments) => new RunCommand(arguments).Create();

    private Command Create()
    {
        var command = new Command("run", "Run a program; what follows -- are its arguments") { _output, _server, _apiKey };
        _program.AddTo(command);
        command.SetAction((parsed, _) => Failures.ReportAsync(parsed.GetRequiredValue(_server), () => RunAsync(parsed)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using var departure = new Departure();
        using var client = ServerOption.CreateClient(parsed.GetRequiredValue(_server), parsed.GetValue(_apiKey));
        try
        {
            var request = await _program.ReadAsync(parsed, client, _arguments, departure.Token);
            return await RunAsync(client, request, parsed.GetRequiredValue(_output), departure);
        }
        catch (Exception exception) when (departure.Status is not null && exception is (OperationCanceledException or IOException))
        {
            // Leaving cuts the connection, which whoever waits for it may hear first.
            return departure.Status ?? ExitStatus.OwnFailure;
        }
    }

    // A program's output ends where its reader says, not at a mebibyte, as long as the server allows that.
    private static async Task<int> RunAsync(OnlineCompilerClient client, ExecutionRequest request, DirectoryInfo output, Departure departure)
    {
        if (request.Limits?.OutputBytes is not null)
            return await new ProgramRun(client, output, departure).RunAsync(request);

        var generous = request with { Limits = (request.Limits ?? new ExecutionLimits()) with { OutputBytes = LimitOptions.MostOutputBytes } };
        try
        {
            return await new ProgramRun(client, output, departure).RunAsync(generous);
        }
        catch (OnlineCompilerException exception) when (exception.Problem.Errors.Keys.SequenceEqual(["limits.outputBytes"]))
        {
            // An operator allows less. Nothing has run yet.
            return await new ProgramRun(client, output, departure).RunAsync(request);
        }
    }
}
