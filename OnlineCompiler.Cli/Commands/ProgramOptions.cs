using System.CommandLine;
using OnlineCompiler.Cli.Programs;
using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Commands;

/// <summary>What can be said of a program, whether it runs now or later.</summary>
internal sealed class ProgramOptions
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
    private readonly LimitOptions _limits = new();

    public void AddTo(Command command)
    {
        command.Add(_files);
        foreach (var option in (Option[])[_language, _version, _compilerArguments, _environment, _collect])
            command.Add(option);
        _limits.AddTo(command);
        _environment.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1))
                result.AddError($"\"{token.Value}\" is not a variable; expected NAME=VALUE.");
        });
    }

    /// <param name="parsed">What was typed.</param>
    /// <param name="client">Tells which language a file is of.</param>
    /// <param name="arguments">Of the program.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ProgramException">There is no such program.</exception>
    public async Task<ExecutionRequest> ReadAsync(ParseResult parsed, OnlineCompilerClient client, string[] arguments, CancellationToken cancellationToken)
    {
        var program = await ProgramFiles.ReadAsync(parsed.GetRequiredValue(_files), cancellationToken);
        var (language, entryPoint) = parsed.GetValue(_language) is { } named
            ? (named, program.IsFolder ? null : program.Files[0].Path)
            : LanguageChoice.Of(program, await client.ListLanguagesAsync(cancellationToken));
        return new ExecutionRequest(language, program.Files)
        {
            Version = parsed.GetValue(_version),
            EntryPoint = entryPoint,
            CompilerArguments = parsed.GetValue(_compilerArguments),
            Arguments = arguments,
            Environment = Variables(parsed.GetValue(_environment) ?? []),
            Limits = _limits.Of(parsed),
            Collect = parsed.GetValue(_collect),
        };
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
