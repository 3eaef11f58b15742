using System.CommandLine;
using OnlineCompiler.Cli.Programs;
using OnlineCompiler.Cli.Running;
using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Commands;

/// <summary><c>oc run</c></summary>
internal sealed class RunCommand
{
    private readonly Argument<string[]> _files = new("file")
    {
        Description = "The program: the file to start with and others that it needs, or a folder",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _language = new("--language") { Description = "Language of the program; else by the first file's name" };
    private readonly Option<string?> _version = new("--version") { Description = "Version of the language, such as 3 or ^12", HelpName = "range" };
    private readonly Option<string[]> _compilerArguments = new("--compiler-argument") { Description = "Argument for the compiler, such as -O2; may be repeated" };
    private readonly Option<string[]> _environment = new("--env") { Description = "Environment variable of the program; may be repeated", HelpName = "name=value" };
    private readonly Option<string[]> _collect = new("--collect") { Description = "Files of the program's folder to bring back, such as *.png; may be repeated", HelpName = "glob" };
    private readonly Option<DirectoryInfo> _output = new("--output")
    {
        Description = "Folder for what --collect brings back",
        HelpName = "folder",
        DefaultValueFactory = _ => new DirectoryInfo("artifacts"),
    };

    private readonly LimitOptions _limits = new();
    private readonly ServerOption _server = new();
    private readonly ApiKeyOption _apiKey = new();
    private readonly string[] _arguments;

    private RunCommand(string[] arguments) => _arguments = arguments;

    /// <param name="arguments">What follows <c>--</c>: the program's.</param>
    public static Command Create(string[] arguments) => new RunCommand(arguments).Create();

    private Command Create()
    {
        var command = new Command("run", "Run a program; what follows -- are its arguments")
        {
            _files, _language, _version, _compilerArguments, _environment, _collect, _output, _server, _apiKey,
        };
        _limits.AddTo(command);
        _environment.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
                result.AddError($"\"{token.Value}\" is not a variable; expected NAME=VALUE.");
        });
        command.SetAction((parsed, _) => Failures.ReportAsync(parsed.GetRequiredValue(_server), () => RunAsync(parsed)));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        using var departure = new Departure();
        using var client = ServerOption.CreateClient(parsed.GetRequiredValue(_server), parsed.GetValue(_apiKey));
        try
        {
            var program = await ProgramFiles.ReadAsync(parsed.GetRequiredValue(_files), departure.Token);
            var (language, entryPoint) = parsed.GetValue(_language) is { } named
                ? (named, program.IsFolder ? null : program.Files[0].Path)
                : LanguageChoice.Of(program, await client.ListLanguagesAsync(departure.Token));
            var request = new ExecutionRequest(language, program.Files)
            {
                Version = parsed.GetValue(_version),
                EntryPoint = entryPoint,
                CompilerArguments = parsed.GetValue(_compilerArguments),
                Arguments = _arguments,
                Environment = Variables(parsed.GetValue(_environment) ?? []),
                Limits = _limits.Of(parsed),
                Collect = parsed.GetValue(_collect),
            };
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

    // The last one counts, as in a shell.
    private static Dictionary<string, string> Variables(string[] assignments)
    {
        var variables = new Dictionary<string, string>();
        foreach (var parts in assignments.Select(assignment => assignment.Split('=', 2)))
            variables[parts[0]] = parts[1];
        return variables;
    }
}
