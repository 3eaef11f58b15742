using System.Net;
using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Tests.Security.Tokens;

public sealed class BearerTokenTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_token_runs_programs_in_the_name_of_its_subject()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(issuer.Settings);

        Assert.Equal(HttpStatusCode.OK, (await gateway.RunAsync(issuer.Sign())).StatusCode);

        Assert.Matches("^subject:[0-9a-f]{16}:7d8f-someone$", gateway.Services.Execution.LastRequest!.Caller);
    }

    [Fact]
    public async Task A_subject_of_any_length_has_a_name_that_fits()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(issuer.Settings);

        await gateway.RunAsync(issuer.Sign(issuer.Claims(("sub", new string('x', 255)))));
        var first = gateway.Services.Execution.LastRequest!.Caller;
        await gateway.RunAsync(issuer.Sign(issuer.Claims(("sub", new string('x', 254) + "}"))));
        var second = gateway.Services.Execution.LastRequest!.Caller;

        Assert.All(new[] { first, second }, name => Assert.Matches("^subject:[0-9a-f]{16}:sha256-[0-9a-f]{48}$", name));
        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData("wrong issuer", "another issuer")]
    [InlineData("wrong audience", "meant for another service")]
    [InlineData("no audience", "meant for another service")]
    [InlineData("expired", "expired")]
    [InlineData("not yet", "expired, or is not valid yet")]
    [InlineData("no expiry", "expired")]
    [InlineData("id token", "for something else")]
    [InlineData("no subject", "names nobody")]
    [InlineData("alg none", "not")]
    [InlineData("HS256 with the public key", "not")]
    [InlineData("unknown key", "key that the issuer does not have")]
    [InlineData("another's signature", "not signed by the issuer")]
    [InlineData("not a token", "not a token")]
    public async Task A_token_that_is_wrong_is_refused(string kind, string reason)
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(issuer.Settings);

        var answer = await gateway.RunAsync(Wrong(kind, issuer));

        var problem = await answer.ProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");
        Assert.Contains(reason, (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Contains("error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, gateway.Services.Execution.ExecuteCalls);
    }

    [Fact]
    public async Task A_new_key_is_found_when_it_signs_and_made_up_ones_cost_few_readings()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var gateway = await TestGateway.StartAsync([.. issuer.Settings, ("Gateway:RateLimits:FailedAttemptsPerMinute", "1000")]);
        var old = issuer.Sign();
        Assert.Equal(HttpStatusCode.OK, (await gateway.RunAsync(old)).StatusCode);

        issuer.Rotate();
        await WaitFor.TrueAsync(async () => (await gateway.RunAsync(issuer.Sign())).StatusCode is HttpStatusCode.OK, Soon);
        await (await gateway.RunAsync(old)).ProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");

        var before = issuer.Readings;
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 20; i++)
            await gateway.RunAsync(Wrong("unknown key", issuer));
        Assert.InRange(issuer.Readings - before, 0, 1 + (int)TimeProvider.System.GetElapsedTime(started).TotalSeconds);
    }

    [Fact]
    public async Task While_the_issuer_is_away_only_what_it_must_check_waits()
    {
        await using var issuer = LocalIssuer.Create();
        await using var gateway = await TestGateway.StartAsync(issuer.Settings);

        var refused = await gateway.RunAsync(issuer.Sign());
        await refused.ProblemAsync(HttpStatusCode.ServiceUnavailable, "service-unavailable");
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, (await gateway.RunAsync(null)).StatusCode);

        await issuer.ListenAsync();
        await WaitFor.TrueAsync(async () => (await gateway.RunAsync(issuer.Sign())).StatusCode is HttpStatusCode.OK, Soon);

        // What was read is good for as long as it is away again.
        await issuer.StopAsync();
        Assert.Equal(HttpStatusCode.OK, (await gateway.RunAsync(issuer.Sign())).StatusCode);
    }

    [Theory]
    [InlineData("openid onlinecompiler/judge", HttpStatusCode.Forbidden)]
    [InlineData("openid onlinecompiler/judge onlinecompiler/run", HttpStatusCode.OK)]
    [InlineData("run", HttpStatusCode.Forbidden)]
    public async Task With_a_prefix_the_scopes_are_the_tokens(string scope, HttpStatusCode status)
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var gateway = await TestGateway.StartAsync([.. issuer.Settings, ("Gateway:Oidc:Scopes", "none"), ("Gateway:Oidc:ScopePrefix", "onlinecompiler/")]);

        Assert.Equal(status, (await gateway.RunAsync(issuer.Sign(issuer.Claims(("scope", scope))))).StatusCode);
    }

    [Fact]
    public async Task Members_of_a_group_have_its_limits()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(
            [.. issuer.Settings, ("Gateway:Oidc:GroupLimits:teachers:RunBurst", "7"), ("Gateway:Oidc:Limits:RunBurst", "5")]);

        var member = await gateway.RunAsync(issuer.Sign());
        var other = await gateway.RunAsync(issuer.Sign(issuer.Claims(("sub", "another"), ("cognito:groups", null))));

        Assert.StartsWith("\"runs\";q=7;", member.Headers.GetValues("RateLimit-Policy").Single(), StringComparison.Ordinal);
        Assert.StartsWith("\"runs\";q=5;", other.Headers.GetValues("RateLimit-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GRPC_takes_tokens_as_well()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(issuer.Settings);
        using var channel = gateway.OpenChannel();
        var client = new Execution.V1.Execution.ExecutionClient(channel);
        var cancellation = TestContext.Current.CancellationToken;

        await client.ExecuteAsync(new ExecuteRequest(), Requests.Bearer(issuer.Sign()), cancellationToken: cancellation);
        var refused = await Assert.ThrowsAsync<RpcException>(
            async () => await client.ExecuteAsync(new ExecuteRequest(), Requests.Bearer(Wrong("expired", issuer)), cancellationToken: cancellation));

        Assert.StartsWith("subject:", gateway.Services.Execution.LastRequest!.Caller, StringComparison.Ordinal);
        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    [Fact]
    public async Task Without_an_issuer_a_token_is_refused()
    {
        await using var issuer = LocalIssuer.Create();
        await using var gateway = await TestGateway.StartAsync();

        var problem = await (await gateway.RunAsync(issuer.Sign())).ProblemAsync(HttpStatusCode.Unauthorized, "not-signed-in");

        Assert.Contains("only API keys", (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Gateway:Oidc:Authority must be an https address.", "http://issuer.example", "a-client")]
    [InlineData("Gateway:Oidc:Audiences must hold at least one", "https://issuer.example", null)]
    public async Task A_wrong_setting_is_named_at_the_start(string message, string authority, string? audience)
    {
        (string, string)[] settings = [("Gateway:Oidc:Authority", authority), .. audience is null ? [] : new[] { ("Gateway:Oidc:Audiences:0", audience) }];

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => TestGateway.StartAsync(settings));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    private static string Wrong(string kind, LocalIssuer issuer)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return kind switch
        {
            "wrong issuer" => issuer.Sign(issuer.Claims(("iss", "https://issuer.example"))),
            "wrong audience" => issuer.Sign(issuer.Claims(("client_id", "another-page"))),
            "no audience" => issuer.Sign(issuer.Claims(("client_id", null))),
            "expired" => issuer.Sign(issuer.Claims(("exp", now - 120))),
            "not yet" => issuer.Sign(issuer.Claims(("nbf", now + 120))),
            "no expiry" => issuer.Sign(issuer.Claims(("exp", null))),
            "id token" => issuer.Sign(issuer.Claims(("token_use", "id"), ("client_id", null), ("aud", LocalIssuer.Client))),
            "no subject" => issuer.Sign(issuer.Claims(("sub", null))),
            "alg none" => issuer.Forge(new { alg = "none", typ = "JWT", kid = issuer.Key.KeyId }, _ => []),
            "HS256 with the public key" => issuer.Forge(
                new { alg = "HS256", typ = "JWT", kid = issuer.Key.KeyId }, text => HMACSHA256.HashData(Encoding.ASCII.GetBytes(issuer.Key.Rsa.ExportSubjectPublicKeyInfoPem()), text)),
            "unknown key" => issuer.Sign(key: new RsaSecurityKey(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") }),
            "another's signature" => issuer.Sign(key: new RsaSecurityKey(RSA.Create(2048)) { KeyId = issuer.Key.KeyId }),
            _ => "a.b.c",
        };
    }
}
