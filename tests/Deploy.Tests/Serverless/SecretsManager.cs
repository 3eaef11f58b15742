using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OnlineCompiler.Deploy.Tests.Serverless;

/// <summary>
/// Secrets Manager as far as a function asks it: one secret, told to who signs as AWS wants it signed (Signature Version 4, the session
/// token among what is signed).
/// </summary>
internal sealed class SecretsManager : IAsyncDisposable
{
    public const string KeyId = "AKIDEXAMPLE";
    public const string Key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    public const string Token = "IQoJb3JpZ2luX2VjEXAMPLE//token==";

    private readonly WebApplication _app;
    private readonly string _name;
    private readonly string _value;

    private SecretsManager(string name, string value)
    {
        (_name, _value) = (name, value);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/", AnswerAsync);
    }

    public string Address => _app.Urls.Single();

    /// <summary>What was asked, and why it was refused.</summary>
    public List<string> Heard { get; } = [];

    public static async Task<SecretsManager> StartAsync(string name, string value)
    {
        var manager = new SecretsManager(name, value);
        await manager._app.StartAsync(TestContext.Current.CancellationToken);
        return manager;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> AnswerAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        var problem = ProblemWith(request, body);
        Heard.Add(problem ?? "told");
        return problem is null
            ? Results.Text(new JsonObject { ["Name"] = _name, ["SecretString"] = _value }.ToJsonString(), "application/x-amz-json-1.1")
            : Results.Text(new JsonObject { ["__type"] = problem }.ToJsonString(), "application/x-amz-json-1.1", statusCode: StatusCodes.Status400BadRequest);
    }

    private string? ProblemWith(HttpRequest request, string body)
    {
        if (request.Headers["X-Amz-Target"] != "secretsmanager.GetSecretValue")
            return "UnknownOperationException";
        if (request.Headers["X-Amz-Security-Token"] != Token)
            return "UnrecognizedClientException";
        var authorization = request.Headers.Authorization.ToString();
        var parts = authorization.Replace("AWS4-HMAC-SHA256 ", "", StringComparison.Ordinal).Split(',', StringSplitOptions.TrimEntries).Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        var scope = parts["Credential"].Split('/');
        var signed = parts["SignedHeaders"].Split(';');
        if (scope[0] != KeyId || !((string[])["host", "x-amz-date", "x-amz-security-token", "x-amz-target"]).All(signed.Contains))
            return "IncompleteSignatureException: " + authorization;

        var headers = string.Concat(signed.Select(name => $"{name}:{request.Headers[name].ToString().Trim()}\n"));
        var canonical = $"POST\n/\n\n{headers}\n{parts["SignedHeaders"]}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}";
        var toSign = $"AWS4-HMAC-SHA256\n{request.Headers["X-Amz-Date"]}\n{string.Join('/', scope[1..])}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope[1..].Aggregate(Encoding.UTF8.GetBytes($"AWS4{Key}"), (previous, part) => HMACSHA256.HashData(previous, Encoding.UTF8.GetBytes(part)));
        if (Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign))) != parts["Signature"] || scope[2] != "eu-central-1" || scope[3] != "secretsmanager")
            return "InvalidSignatureException";
        return (string?)JsonNode.Parse(body)!["SecretId"] == _name ? null : "ResourceNotFoundException";
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
