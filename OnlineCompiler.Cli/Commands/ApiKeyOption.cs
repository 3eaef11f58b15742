using System.CommandLine;

namespace OnlineCompiler.Cli.Commands;

/// <summary>The API key to show the server. Others on the machine can see the option, and not the variable.</summary>
internal sealed class ApiKeyOption : Option<string?>
{
    private const string Variable = "OC_API_KEY";

    public ApiKeyOption()
        : base("--api-key")
    {
        Description = $"API key for the server; else {Variable}, which others on this machine cannot see";
        HelpName = "key";
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } key ? key : null;
    }
}
