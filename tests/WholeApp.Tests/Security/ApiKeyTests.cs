using System.Net;
using System.Net.Http.Json;
using OnlineCompiler.Client;
using OnlineCompiler.WholeApp.Tests.Application;
using OnlineCompiler.WholeApp.Tests.Machine;

namespace OnlineCompiler.WholeApp.Tests.Security;

/// <summary>A key from its making to its end.</summary>
public sealed class ApiKeyTests(SharedApp shared)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly ExecutionRequest Program = new("python", [new SourceFile("main.py", "print(6 * 7)")]);

    [Fact]
    public async Task A_key_works_until_it_is_revoked_and_not_long_after()
    {
        var key = await ApiKeyScript.CreateAsync(shared.App, "--scopes", "run", "--run-burst", "5");
        using var client = new OnlineCompilerClient(shared.App.Address, new OnlineCompilerClientOptions { ApiKey = key });

        var result = await client.ExecuteAsync(Program, TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/judgements") { Content = JsonContent.Create(new { }) };
        request.Headers.Add("X-Api-Key", key);
        using var judgement = await shared.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("42\n", result.Run?.Stdout.ToString());
        Assert.Equal(HttpStatusCode.Forbidden, judgement.StatusCode);
        Assert.StartsWith("\"runs\";q=5;", await LimitAsync(key), StringComparison.Ordinal);

        await ApiKeyScript.RunAsync(shared.App, "revoke", key.Substring(3, 12));

        await Eventually.TrueAsync("the key is refused", Soon, async () => await StatusAsync(key) is HttpStatusCode.Unauthorized);
        Assert.Contains("revoked", await ApiKeyScript.RunAsync(shared.App, "list"), StringComparison.Ordinal);
    }

    private async Task<string> LimitAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/executions") { Content = JsonContent.Create(new { }) };
        request.Headers.Add("X-Api-Key", key);
        using var answer = await shared.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.Headers.GetValues("RateLimit-Policy").Single();
    }

    private async Task<HttpStatusCode> StatusAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/languages");
        request.Headers.Add("X-Api-Key", key);
        using var answer = await shared.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
