using System.CommandLine;
using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Commands;

/// <summary>Which server to ask, and how.</summary>
internal sealed class ServerOption : Option<Uri>
{
    private const string AddressVariable = "OC_SERVER";
    private const string TokenVariable = "OC_TOKEN";
    private const string Default = "http://localhost:8080";

    public ServerOption()
        : base("--server")
    {
        Description = $"Address of the server; else {AddressVariable}";
        HelpName = "url";
        DefaultValueFactory = argument => Parse(Environment.GetEnvironmentVariable(AddressVariable) is { Length: > 0 } address ? address : Default, argument.AddError);
        CustomParser = argument => Parse(argument.Tokens.Single().Value, argument.AddError);
    }

    /// <param name="server">Where it is.</param>
    /// <param name="apiKey">What <see cref="ApiKeyOption"/> says.</param>
    public static OnlineCompilerClient CreateClient(Uri server, string? apiKey) => new(server, new OnlineCompilerClientOptions
    {
        ApiKey = apiKey,
        BearerToken = Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } token ? token : null,
    });

    private static Uri Parse(string text, Action<string> fail)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            return address;
        fail($"\"{text}\" is not the address of a server; expected for example {Default}.");
        return new Uri(Default);
    }
}
