using System.Net;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OnlineCompiler.Session.V1;

namespace OnlineCompiler.Gateway.Tests;

public sealed class SnapshotTests
{
    private const string Path = "/api/v1/snapshots";

    private static readonly SessionContent Content = new()
    {
        Title = "Greeter",
        Language = "python",
        Files = { new SessionFile { Path = "main.py", Content = "print('é')" } },
        Stdin = "Ada",
        Arguments = { "-v" },
        EntryPoint = "main.py",
        CompilerArguments = { "-O2" },
        LanguageVersion = "3",
    };

    private static readonly DateTime Created = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_is_shared_under_a_short_name()
    {
        await using var gateway = await StartAsync();

        var response = await gateway.PostAsync(Path, """
            {"title":"Greeter","language":"python","files":[{"path":"main.py","content":"print('é')"}],"stdin":"Ada","arguments":["-v"],"entryPoint":"main.py","compilerArguments":["-O2"],"languageVersion":"3","timeToLiveSeconds":3600}
            """);

        Assert.Equal((HttpStatusCode.Created, $"{Path}/abcdefghijkl"), (response.StatusCode, response.Headers.Location?.OriginalString));
        var request = Assert.IsType<CreateSnapshotRequest>(gateway.Services.Sessions.LastRequest);
        Assert.Equal((Content, 3600), (request.Content, request.TimeToLive.Seconds));
        // Told to its sharer alone.
        Assert.Equal(request.DeleteToken, (string?)(await response.JsonAsync())["deleteToken"]);
        Assert.Matches("^[A-Za-z0-9_-]{32}$", request.DeleteToken);
        // Sharing makes nobody an owner.
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task What_may_be_taken_back_is_kept_by_caches_for_a_minute()
    {
        await using var gateway = await StartAsync();

        var response = await gateway.Http.GetAsync($"{Path}/abcdefghijkl", Token);

        var body = await response.JsonAsync();
        Assert.Equal(("Greeter", "print('é')"), ((string?)body["title"], (string?)body["files"]![0]!["content"]));
        Assert.Equal(("-O2", "3"), ((string?)body["compilerArguments"]![0], (string?)body["languageVersion"]));
        Assert.Null(body["expiresAt"]);
        Assert.Null(body["deleteToken"]);
        Assert.Equal("public, max-age=60", response.Headers.CacheControl?.ToString());
        Assert.Equal("abcdefghijkl", Assert.IsType<GetSnapshotRequest>(gateway.Services.Sessions.LastRequest).Id);
    }

    [Fact]
    public async Task What_will_be_forgotten_is_kept_by_no_cache_for_longer()
    {
        await using var gateway = await StartAsync();
        gateway.Services.Sessions.Snapshot.ExpiresAt = Timestamp.FromDateTime(DateTime.UtcNow.AddSeconds(-1));

        var response = await gateway.Http.GetAsync($"{Path}/abcdefghijkl", Token);

        Assert.Equal(TimeSpan.Zero, response.Headers.CacheControl!.MaxAge);
    }

    [Fact]
    public async Task Who_shared_takes_it_back_with_the_token()
    {
        await using var gateway = await StartAsync();

        var response = await DeleteAsync(gateway, "a-token-as-it-was-answered");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(
            new DeleteSnapshotRequest { Id = "abcdefghijkl", DeleteToken = "a-token-as-it-was-answered" }, gateway.Services.Sessions.LastRequest);
    }

    [Fact]
    public async Task Without_the_token_nothing_is_taken_back()
    {
        await using var gateway = await StartAsync();

        var problem = await (await DeleteAsync(gateway, null)).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request");

        Assert.NotEmpty(problem.Messages("X-Delete-Token"));
        Assert.Null(gateway.Services.Sessions.LastRequest);
    }

    [Theory]
    [InlineData(StatusCode.PermissionDenied, HttpStatusCode.Forbidden, "not-allowed")]
    [InlineData(StatusCode.InvalidArgument, HttpStatusCode.Forbidden, "not-allowed")]
    [InlineData(StatusCode.NotFound, HttpStatusCode.NotFound, "not-found")]
    public async Task A_wrong_token_is_told_from_a_wrong_name(StatusCode failure, HttpStatusCode status, string kind)
    {
        await using var gateway = await StartAsync();
        gateway.Services.Sessions.Failure = new RpcException(new Status(failure, "no"));

        await (await DeleteAsync(gateway, "another")).ProblemAsync(status, kind);
    }

    [Fact]
    public async Task A_fork_belongs_to_the_caller()
    {
        await using var gateway = await StartAsync();
        gateway.Services.Sessions.Record = new SessionRecord { Id = "mine", Version = 1, Content = Content };

        var response = await gateway.Http.PostAsync($"{Path}/abcdefghijkl/fork", null, Token);

        Assert.Equal((HttpStatusCode.Created, "/api/v1/sessions/mine"), (response.StatusCode, response.Headers.Location?.OriginalString));
        Assert.Equal("\"1\"", response.Headers.ETag?.Tag);
        Assert.StartsWith("oc_owner=", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        var request = Assert.IsType<ForkSnapshotRequest>(gateway.Services.Sessions.LastRequest);
        Assert.StartsWith("anonymous:", request.Owner, StringComparison.Ordinal);
        Assert.Equal("abcdefghijkl", request.Id);
    }

    [Theory]
    [InlineData("""{"files":[{"path":"main.py","content":""}]}""", "language")]
    [InlineData("""{"language":"python","files":[{"path":"main.py"}]}""", "files[0].content")]
    [InlineData("""{"language":"python","files":[{"path":"main.py","content":""}],"timeToLiveSeconds":59}""", "timeToLiveSeconds")]
    [InlineData("""{"language":"python","files":[{"path":"main.py","content":""}],"timeToLiveSeconds":31536001}""", "timeToLiveSeconds")]
    public async Task What_is_wrong_is_named(string json, string field)
    {
        await using var gateway = await StartAsync();

        var response = await gateway.PostAsync(Path, json);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.NotNull((await response.JsonAsync())["errors"]![field]);
        Assert.Null(gateway.Services.Sessions.LastRequest);
    }

    [Fact]
    public async Task What_is_not_there_is_a_problem()
    {
        await using var gateway = await StartAsync();
        gateway.Services.Sessions.Failure = new RpcException(new Status(StatusCode.NotFound, "There is no such snapshot, or it has expired."));

        var response = await gateway.Http.GetAsync($"{Path}/abcdefghijkl", Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.EndsWith("/not-found", (string?)(await response.JsonAsync())["type"], StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> DeleteAsync(TestGateway gateway, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{Path}/abcdefghijkl");
        if (token is not null)
            request.Headers.Add("X-Delete-Token", token);
        return await gateway.Http.SendAsync(request, Token);
    }

    private static async Task<TestGateway> StartAsync()
    {
        var gateway = await TestGateway.StartAsync();
        gateway.Services.Sessions.Snapshot = new Snapshot { Id = "abcdefghijkl", Content = Content, CreatedAt = Timestamp.FromDateTime(Created) };
        return gateway;
    }
}
