using System.Net;
using System.Text.RegularExpressions;
using OnlineCompiler.Gateway.Tests.Security.Tokens;
using OnlineCompiler.Session.V1;

namespace OnlineCompiler.Gateway.Tests.Security;

/// <summary>Whose sessions are whose, before and after signing in.</summary>
public sealed class OwnershipTests
{
    private const string Sessions = "/api/v1/sessions";
    private const string Body = """{"title":"x","language":"python","files":[{"path":"main.py","content":"x"}]}""";

    [Fact]
    public async Task Who_has_signed_in_owns_what_they_make_and_needs_no_cookie()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(issuer.Settings);

        var made = await gateway.SendAsync(HttpMethod.Post, Sessions, Body, issuer.Sign());

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.False(made.Headers.Contains("Set-Cookie"));
        Assert.Matches("^subject:[0-9a-f]{16}:7d8f-someone$", Assert.IsType<CreateSessionRequest>(gateway.Services.Sessions.LastRequest).Owner);
    }

    [Fact]
    public async Task Another_subject_is_another_owner()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(issuer.Settings);
        gateway.Services.Sessions.IsOwner = owner => owner.EndsWith(":7d8f-someone", StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync($"{Sessions}/1", issuer.Sign())).StatusCode);
        await (await gateway.GetAsync($"{Sessions}/1", issuer.Sign(issuer.Claims(("sub", "another"))))).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await gateway.GetAsync($"{Sessions}/1", null)).ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task What_was_kept_before_signing_in_is_there_after_it()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(issuer.Settings);
        var made = await gateway.SendAsync(HttpMethod.Post, Sessions, Body, null);
        var cookie = Regex.Match(made.Headers.GetValues("Set-Cookie").Single(), "^[^;]+").Value;
        gateway.Services.Sessions.IsOwner = owner => owner.StartsWith("anonymous:", StringComparison.Ordinal);

        foreach (var (method, body) in new[] { (HttpMethod.Get, null), (HttpMethod.Put, Body), (HttpMethod.Delete, null) })
        {
            Assert.True((await gateway.SendAsync(method, $"{Sessions}/1", body, issuer.Sign(), ("Cookie", cookie), ("If-Match", "\"1\""))).IsSuccessStatusCode);
            await (await gateway.SendAsync(method, $"{Sessions}/1", body, issuer.Sign(), ("If-Match", "\"1\""))).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        }
    }

    [Fact]
    public async Task The_list_has_ones_own_first_and_then_the_cookies()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var gateway = await TestGateway.StartAsync(issuer.Settings);
        var cookie = Regex.Match((await gateway.SendAsync(HttpMethod.Post, Sessions, Body, null)).Headers.GetValues("Set-Cookie").Single(), "^[^;]+").Value;

        var owners = new List<string>();
        for (string? page = ""; page is not null;)
        {
            gateway.Services.Sessions.Page = new ListSessionsResponse { NextPageToken = owners.Count is 0 or 2 ? "more" : "" };
            var answer = await gateway.GetAsync($"{Sessions}?pageToken={Uri.EscapeDataString(page)}", issuer.Sign(), ("Cookie", cookie));
            var request = Assert.IsType<ListSessionsRequest>(gateway.Services.Sessions.LastRequest);
            owners.Add($"{request.Owner.Split(':')[0]} {request.PageToken}".TrimEnd());
            page = (string?)(await answer.JsonAsync())["nextPageToken"];
        }

        Assert.Equal(["subject", "subject more", "anonymous", "anonymous more"], owners);
    }
}
