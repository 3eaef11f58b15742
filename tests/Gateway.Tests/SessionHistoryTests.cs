using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using OnlineCompiler.Session.V1;

namespace OnlineCompiler.Gateway.Tests;

public sealed class SessionHistoryTests
{
    private const string Path = "/api/v1/sessions/abc";
    private const string Run = """{"version":3,"outcome":"nonzeroExit","exitCode":7,"wallTimeMs":6.1,"cpuTimeMs":4.9,"memoryPeakBytes":9437184}""";

    // 32 bytes in Base64url, as the Gateway makes them.
    private const string Secret = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private static readonly DateTime Saved = new(2026, 11, 29, 9, 30, 0, DateTimeKind.Utc);

    [Fact]
    public async Task A_history_tells_versions_and_runs()
    {
        await using var gateway = await StartAsync();
        gateway.Services.Sessions.History = new History
        {
            Versions = { new VersionSummary { Version = 3, Title = "Greeter", SavedAt = Timestamp.FromDateTime(Saved), ContentBytes = 12 } },
            Runs =
            {
                new SessionRun
                {
                    Version = 3, Outcome = "nonzeroExit", ExitCode = 7, WallTimeUs = 6100, CpuTimeUs = 4900, MemoryPeakBytes = 9437184, RanAt = Timestamp.FromDateTime(Saved),
                },
                new SessionRun { Version = 2, Outcome = "wallTimeLimit", RanAt = Timestamp.FromDateTime(Saved) },
            },
        };

        var answer = await (await SendAsync(gateway, HttpMethod.Get, "/history")).JsonAsync();

        Assert.True(JsonNode.DeepEquals(answer, JsonNode.Parse("""
            {
              "versions": [{ "version": 3, "title": "Greeter", "savedAt": "2026-11-29T09:30:00Z", "contentBytes": 12 }],
              "runs": [
                { "version": 3, "outcome": "nonzeroExit", "exitCode": 7, "compileFailed": false, "wallTimeMs": 6.1, "cpuTimeMs": 4.9, "memoryPeakBytes": 9437184, "ranAt": "2026-11-29T09:30:00Z" },
                { "version": 2, "outcome": "wallTimeLimit", "exitCode": null, "compileFailed": false, "wallTimeMs": 0, "cpuTimeMs": 0, "memoryPeakBytes": 0, "ranAt": "2026-11-29T09:30:00Z" }
              ]
            }
            """)), answer.ToJsonString());
        Assert.Equal("abc", Assert.IsType<GetHistoryRequest>(gateway.Services.Sessions.LastRequest).Id);
    }

    [Fact]
    public async Task An_earlier_version_is_read_by_its_number()
    {
        await using var gateway = await StartAsync();

        var answer = await (await SendAsync(gateway, HttpMethod.Get, "/versions/2")).JsonAsync();

        Assert.Equal("Greeter", (string?)answer["title"]);
        Assert.Equal(2ul, Assert.IsType<GetVersionRequest>(gateway.Services.Sessions.LastRequest).Version);
        var problem = await (await SendAsync(gateway, HttpMethod.Get, "/versions/last")).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request");
        Assert.NotEmpty(problem.Messages("version"));
    }

    [Fact]
    public async Task A_run_is_noted_with_what_it_took()
    {
        await using var gateway = await StartAsync();

        var response = await SendAsync(gateway, HttpMethod.Post, "/runs", Run);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        var run = Assert.IsType<AddRunRequest>(gateway.Services.Sessions.LastRequest).Run;
        Assert.Equal(new SessionRun { Version = 3, Outcome = "nonzeroExit", ExitCode = 7, WallTimeUs = 6100, CpuTimeUs = 4900, MemoryPeakBytes = 9437184 }, run);
    }

    [Theory]
    [InlineData("""{"outcome":"succeeded"}""", "version")]
    [InlineData("""{"version":1}""", "outcome")]
    [InlineData("""{"version":1,"outcome":"succeeded","wallTimeMs":-1}""", "wallTimeMs")]
    public async Task A_run_that_cannot_be_is_refused(string body, string field)
    {
        await using var gateway = await StartAsync();

        var problem = await (await SendAsync(gateway, HttpMethod.Post, "/runs", body)).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request");

        Assert.NotEmpty(problem.Messages(field));
        Assert.Null(gateway.Services.Sessions.LastRequest);
    }

    [Fact]
    public async Task A_new_name_needs_no_program_and_no_version()
    {
        await using var gateway = await StartAsync();

        var response = await SendAsync(gateway, HttpMethod.Patch, "", """{"title":"Better"}""");

        Assert.Equal((HttpStatusCode.OK, "\"3\""), (response.StatusCode, response.Headers.ETag?.Tag));
        Assert.Equal("Better", Assert.IsType<RenameSessionRequest>(gateway.Services.Sessions.LastRequest).Title);
        var problem = await (await SendAsync(gateway, HttpMethod.Patch, "", "{}")).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request");
        Assert.NotEmpty(problem.Messages("title"));
    }

    [Fact]
    public async Task A_copy_has_a_place_of_its_own()
    {
        await using var gateway = await StartAsync();

        var response = await SendAsync(gateway, HttpMethod.Post, "/copies?title=Greeter%20(copy)");

        Assert.Equal((HttpStatusCode.Created, "/api/v1/sessions/new"), (response.StatusCode, response.Headers.Location?.OriginalString));
        Assert.Equal("Greeter (copy)", Assert.IsType<CopySessionRequest>(gateway.Services.Sessions.LastRequest).Title);
    }

    [Theory]
    [InlineData("GET", "/history", null)]
    [InlineData("GET", "/versions/1", null)]
    [InlineData("POST", "/runs", Run)]
    [InlineData("POST", "/copies", null)]
    [InlineData("PATCH", "", """{"title":"Stolen"}""")]
    public async Task Who_owns_nothing_finds_nothing(string method, string path, string? body)
    {
        await using var gateway = await StartAsync();

        var response = await SendAsync(gateway, new HttpMethod(method), path, body, cookie: null);

        await response.ProblemAsync(HttpStatusCode.NotFound, "not-found");
        Assert.Null(gateway.Services.Sessions.LastRequest);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    private static async Task<TestGateway> StartAsync()
    {
        var gateway = await TestGateway.StartAsync();
        gateway.Services.Sessions.Record = new SessionRecord { Id = "new", Version = 3, Content = new SessionContent { Title = "Greeter", Language = "python" } };
        return gateway;
    }

    private static async Task<HttpResponseMessage> SendAsync(TestGateway gateway, HttpMethod method, string path, string? body = null, string? cookie = Secret)
    {
        using var request = new HttpRequestMessage(method, Path + path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (cookie is not null)
            request.Headers.Add("Cookie", $"oc_owner={cookie}");
        return await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
