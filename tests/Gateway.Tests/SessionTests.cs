using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using OnlineCompiler.Session.V1;

namespace OnlineCompiler.Gateway.Tests;

public sealed class SessionTests
{
    private const string Path = "/api/v1/sessions";
    private const string Smallest = """{"language":"python","files":[{"path":"main.py","content":""}]}""";

    // 32 bytes in Base64url, as the Gateway makes them.
    private const string Secret = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static readonly SessionRecord Record = new()
    {
        Id = "abc",
        Version = 3,
        Content = new SessionContent
        {
            Title = "Greeter",
            Language = "python",
            Files = { new SessionFile { Path = "main.py", Content = "print('é')" } },
            Stdin = "Ada",
            Arguments = { "-v" },
            EntryPoint = "main.py",
            CompilerArguments = { "-O2" },
            LanguageVersion = "3",
        },
        CreatedAt = Timestamp.FromDateTime(new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc)),
        SavedAt = Timestamp.FromDateTime(new DateTime(2026, 11, 23, 9, 30, 0, DateTimeKind.Utc)),
        ExpiresAt = Timestamp.FromDateTime(new DateTime(2026, 11, 30, 9, 30, 0, DateTimeKind.Utc)),
    };

    [Fact]
    public async Task A_new_session_has_an_owner_a_place_and_a_version()
    {
        await using var gateway = await StartAsync();

        var response = await gateway.PostAsync(Path, """
            {"title":"Greeter","language":"python","files":[{"path":"main.py","content":"print('é')"}],"stdin":"Ada","arguments":["-v"],"entryPoint":"main.py","compilerArguments":["-O2"],"languageVersion":"3"}
            """);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("/api/v1/sessions/abc", response.Headers.Location?.OriginalString);
        Assert.Equal("\"3\"", response.Headers.ETag?.Tag);
        AssertIsRecord(await response.JsonAsync());
        var request = Assert.IsType<CreateSessionRequest>(gateway.Services.Sessions.LastRequest);
        Assert.Equal(Record.Content, request.Content);

        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        var secret = cookie["oc_owner=".Length..cookie.IndexOf(';', StringComparison.Ordinal)];
        Assert.Equal(43, secret.Length);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(OwnerOf(secret), request.Owner);
        Assert.DoesNotContain(secret, request.Owner, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owner_stays_the_same()
    {
        await using var gateway = await StartAsync();

        var response = await SendAsync(gateway, HttpMethod.Post, Path, Smallest);

        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Equal(OwnerOf(Secret), Assert.IsType<CreateSessionRequest>(gateway.Services.Sessions.LastRequest).Owner);
    }

    [Theory]
    [InlineData("guessable")]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=====")]
    public async Task A_cookie_that_is_not_ours_owns_nothing(string cookie)
    {
        await using var gateway = await StartAsync();

        var response = await SendAsync(gateway, HttpMethod.Post, Path, Smallest, cookie: cookie);

        Assert.True(response.Headers.Contains("Set-Cookie"));
        Assert.NotEqual(OwnerOf(cookie), Assert.IsType<CreateSessionRequest>(gateway.Services.Sessions.LastRequest).Owner);
    }

    [Fact]
    public async Task A_session_is_read_with_its_version()
    {
        await using var gateway = await StartAsync();

        var response = await SendAsync(gateway, HttpMethod.Get, Path + "/abc");

        Assert.Equal("\"3\"", response.Headers.ETag?.Tag);
        AssertIsRecord(await response.JsonAsync());
        Assert.Equal(new GetSessionRequest { Owner = OwnerOf(Secret), Id = "abc" }, gateway.Services.Sessions.LastRequest);
    }

    [Theory]
    [InlineData("GET", null)]
    [InlineData("DELETE", null)]
    [InlineData("PUT", Smallest)]
    public async Task Who_owns_nothing_finds_nothing(string method, string? body)
    {
        await using var gateway = await StartAsync();

        var response = await SendAsync(gateway, new HttpMethod(method), Path + "/abc", body, ifMatch: "\"3\"", cookie: null);

        await response.ProblemAsync(HttpStatusCode.NotFound, "not-found");
        Assert.Null(gateway.Services.Sessions.LastRequest);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_save_passes_the_version_it_was_made_on()
    {
        await using var gateway = await StartAsync();

        var response = await SendAsync(gateway, HttpMethod.Put, Path + "/abc", Smallest, ifMatch: "\"2\"");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("\"3\"", response.Headers.ETag?.Tag);
        var request = Assert.IsType<SaveSessionRequest>(gateway.Services.Sessions.LastRequest);
        Assert.Equal(("abc", 2ul, OwnerOf(Secret)), (request.Id, request.Version, request.Owner));
    }

    [Fact]
    public async Task A_save_without_a_version_is_refused()
    {
        await using var gateway = await StartAsync();

        var response = await SendAsync(gateway, HttpMethod.Put, Path + "/abc", Smallest);

        await response.ProblemAsync(HttpStatusCode.PreconditionRequired, "version-required");
        Assert.Null(gateway.Services.Sessions.LastRequest);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("3")]
    [InlineData("\"three\"")]
    [InlineData("\"0\"")]
    [InlineData("W/\"3\"")]
    [InlineData("\"3\", \"4\"")]
    public async Task A_save_needs_exactly_one_version(string ifMatch)
    {
        await using var gateway = await StartAsync();

        var response = await SendAsync(gateway, HttpMethod.Put, Path + "/abc", Smallest, ifMatch);

        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest, "invalid-request");
        Assert.NotEmpty(problem.Messages("If-Match"));
        Assert.Null(gateway.Services.Sessions.LastRequest);
    }

    [Fact]
    public async Task A_stale_save_says_which_version_is_current()
    {
        await using var gateway = await StartAsync();
        var info = new ErrorInfo { Reason = "STALE_VERSION", Metadata = { ["current_version"] = "7" } };
        gateway.Services.Sessions.Failure =
            new Google.Rpc.Status { Code = (int)Code.Aborted, Message = "saved meanwhile", Details = { Any.Pack(info) } }.ToRpcException();

        var response = await SendAsync(gateway, HttpMethod.Put, Path + "/abc", Smallest, ifMatch: "\"3\"");

        var problem = await response.ProblemAsync(HttpStatusCode.PreconditionFailed, "stale-version");
        Assert.Equal(7, (int?)problem["currentVersion"]);
    }

    [Fact]
    public async Task A_deleted_session_leaves_nothing_to_say()
    {
        await using var gateway = await StartAsync();

        var response = await SendAsync(gateway, HttpMethod.Delete, Path + "/abc");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(new DeleteSessionRequest { Owner = OwnerOf(Secret), Id = "abc" }, gateway.Services.Sessions.LastRequest);
    }

    [Fact]
    public async Task My_sessions_come_in_pages()
    {
        await using var gateway = await StartAsync();
        gateway.Services.Sessions.Page = new ListSessionsResponse { Sessions = { Record }, NextPageToken = "next" };

        var response = await SendAsync(gateway, HttpMethod.Get, Path + "?pageSize=10&pageToken=here");

        var page = await response.JsonAsync();
        Assert.Equal("next", (string?)page["nextPageToken"]);
        AssertIsRecord(page["sessions"]![0]!);
        Assert.Equal(new ListSessionsRequest { Owner = OwnerOf(Secret), PageSize = 10, PageToken = "here" }, gateway.Services.Sessions.LastRequest);
    }

    [Fact]
    public async Task Who_owns_nothing_has_an_empty_list_and_stays_unknown()
    {
        await using var gateway = await StartAsync();

        var response = await SendAsync(gateway, HttpMethod.Get, Path, cookie: null);

        Assert.Empty((await response.JsonAsync())["sessions"]!.AsArray());
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("101")]
    [InlineData("ten")]
    public async Task A_wrong_page_size_is_refused(string size)
    {
        await using var gateway = await StartAsync();

        var problem = await (await SendAsync(gateway, HttpMethod.Get, $"{Path}?pageSize={size}")).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request");

        Assert.NotEmpty(problem.Messages("pageSize"));
    }

    [Theory]
    [InlineData("{}", "language")]
    [InlineData("{}", "files")]
    [InlineData("""{"language":"python","files":[{"path":"a"}]}""", "files[0].content")]
    public async Task What_is_missing_is_named(string body, string field)
    {
        await using var gateway = await StartAsync();

        var response = await SendAsync(gateway, HttpMethod.Post, Path, body, cookie: null);

        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest, "invalid-request");
        Assert.Equal("Required.", problem.Messages(field).Single());
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task What_the_service_refuses_is_named_as_in_the_body()
    {
        await using var gateway = await StartAsync();
        var violations = new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = "content.files[0].path", Description = "leaves" } } };
        gateway.Services.Sessions.Failure =
            new Google.Rpc.Status { Code = (int)Code.InvalidArgument, Message = "wrong", Details = { Any.Pack(violations) } }.ToRpcException();

        var problem = await (await SendAsync(gateway, HttpMethod.Post, Path, Smallest)).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request");

        Assert.Equal(["leaves"], problem.Messages("files[0].path"));
    }

    private static async Task<TestGateway> StartAsync()
    {
        var gateway = await TestGateway.StartAsync();
        gateway.Services.Sessions.Record = Record;
        return gateway;
    }

    private static async Task<HttpResponseMessage> SendAsync(
        TestGateway gateway, HttpMethod method, string path, string? body = null, string? ifMatch = null, string? cookie = Secret)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (cookie is not null)
            request.Headers.Add("Cookie", $"oc_owner={cookie}");
        return await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string OwnerOf(string secret) => "anonymous:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));

    private static void AssertIsRecord(JsonNode answer) => Assert.True(JsonNode.DeepEquals(answer, JsonNode.Parse("""
        { "id": "abc", "version": 3, "title": "Greeter", "language": "python", "files": [{ "path": "main.py", "content": "print('é')" }],
          "stdin": "Ada", "arguments": ["-v"], "entryPoint": "main.py", "compilerArguments": ["-O2"], "languageVersion": "3",
          "createdAt": "2026-11-23T09:00:00Z", "savedAt": "2026-11-23T09:30:00Z", "expiresAt": "2026-11-30T09:30:00Z" }
        """)), answer.ToJsonString());
}
