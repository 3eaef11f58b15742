using System.Net.Http.Headers;
using System.Text;
using Grpc.Core;

namespace OnlineCompiler.Gateway.Tests.Security;

/// <summary>Requests with something shown at the door.</summary>
internal static class Requests
{
    public const string Languages = "/api/v1/languages";
    public const string Runs = "/api/v1/executions";
    public const string Program = """{"language":"python","files":[{"path":"main.py","content":"x"}]}""";

    public static Task<HttpResponseMessage> RunAsync(this TestGateway gateway, string? credential, params (string Name, string Value)[] headers) =>
        gateway.SendAsync(HttpMethod.Post, Runs, Program, credential, headers);

    public static Task<HttpResponseMessage> GetAsync(this TestGateway gateway, string path, string? credential, params (string Name, string Value)[] headers) =>
        gateway.SendAsync(HttpMethod.Get, path, null, credential, headers);

    public static async Task<HttpResponseMessage> SendAsync(
        this TestGateway gateway, HttpMethod method, string path, string? body, string? credential, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (credential is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static Metadata Bearer(string credential) => new() { { "authorization", $"Bearer {credential}" } };
}
