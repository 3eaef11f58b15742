using System.CommandLine;
using OnlineCompiler.Cli.Programs;
using OnlineCompiler.Cli.Running;
using OnlineCompiler.Cli.Terminals;
using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Commands;

/// <summary><c>oc submit</c></summary>
internal sealed class SubmitCommand
{
    /// <summary>Not an option, for those are seen by everybody on the machine.</summary>
    private const string SecretVariable = "OC_CALLBACK_SECRET";

    private readonly ProgramOptions _program = new();
    private readonly Option<FileInfo?> _input = new("--input") { Description = "File with the program's standard input; else it has none" };
    private readonly Option<string?> _callback = new("--callback") { Description = $"Whom to tell when it has ended, signed with {SecretVariable} if there is one", HelpName = "url" };
    private readonly Option<string?> _context = new("--context") { Description = "Your own, given back with the callback" };
    private readonly Option<string?> _key = new("--key") { Description = "The same key with the same program is the same submission" };
    private readonly ServerOption _server = new();
    private readonly ApiKeyOption _apiKey = new();
    private readonly string[] _arguments;

    private SubmitCommand(string[] arguments) => _arguments = arguments;

    /// <param name="arguments">What follows <c>--</c>: the program's.</param>
    public static Command Create(string[] arguments) => new SubmitCommand(arguments).Create();

    private Command Create()
    {
        var command = new Command("submit", "Hand a program in, to be run when its turn comes, and print its id") { _input, _callback, _context, _key, _server, _apiKey };
        _program.AddTo(command);
        command.SetAction((parsed, cancellationToken) => Failures.ReportAsync(parsed.GetRequiredValue(_server), () => SubmitAsync(parsed, cancellationToken)));
        return command;
    }

    private async Task<int> SubmitAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var client = ServerOption.CreateClient(parsed.GetRequiredValue(_server), parsed.GetValue(_apiKey));
        var request = await _program.ReadAsync(parsed, client, _arguments, cancellationToken);
        if (parsed.GetValue(_input) is { } input)
            request = request with { Stdin = await ReadAsync(input, cancellationToken) };
        var secret = Environment.GetEnvironmentVariable(SecretVariable) is { Length: > 0 } given ? given : null;
        var callback = parsed.GetValue(_callback) is { } url ? new Callback(url, secret, parsed.GetValue(_context)) : null;

        var submission = await client.SubmitAsync(request, callback, parsed.GetValue(_key), cancellationToken);
        StandardStreams.WriteOutput(submission.Id + "\n");
        return 0;
    }

    private static async Task<TextOrBytes> ReadAsync(FileInfo input, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(input.FullName, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProgramException($"{input} cannot be read: {exception.Message}");
        }
    }
}
