using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OnlineCompiler.WholeApp.Tests.Application;
using OnlineCompiler.WholeApp.Tests.Executions;

namespace OnlineCompiler.WholeApp.Tests.Sessions;

public sealed class SessionTests(SharedApp shared)
{
    [Fact]
    public async Task A_stale_save_is_refused_and_loses_nothing()
    {
        using var browser = shared.App.CreateBrowserClient(new CookieContainer());
        var created = await CreateAsync(browser, "print(1)");
        var address = $"/api/v1/sessions/{created["id"].Text()}";
        using var second = await SaveAsync(browser, address, created["version"]!, "print(2)");
        second.EnsureSuccessStatusCode();

        using var stale = await SaveAsync(browser, address, created["version"]!, "print(3)");

        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        var current = await browser.GetFromJsonAsync<JsonNode>(address, TestContext.Current.CancellationToken);
        var problem = await stale.ReadJsonAsync();
        Assert.Equal(current!["version"]!.ToJsonString(), problem["currentVersion"]!.ToJsonString());
        Assert.Equal("print(2)", current["files"]![0]!["content"].Text());
    }

    [Fact]
    public async Task A_session_belongs_to_the_browser_that_made_it()
    {
        using var owner = shared.App.CreateBrowserClient(new CookieContainer());
        using var other = shared.App.CreateBrowserClient(new CookieContainer());
        var created = await CreateAsync(owner, "print(1)");

        var mine = await owner.GetFromJsonAsync<JsonNode>("/api/v1/sessions", TestContext.Current.CancellationToken);
        var theirs = await other.GetFromJsonAsync<JsonNode>("/api/v1/sessions", TestContext.Current.CancellationToken);
        using var stolen = await other.GetAsync($"/api/v1/sessions/{created["id"].Text()}", TestContext.Current.CancellationToken);

        Assert.Equal(created["id"].Text(), Assert.Single(mine!["sessions"]!.AsArray())!["id"].Text());
        Assert.Empty(theirs!["sessions"]!.AsArray());
        Assert.Equal(HttpStatusCode.NotFound, stolen.StatusCode);
    }

    [Fact]
    public async Task A_deleted_session_is_gone()
    {
        using var browser = shared.App.CreateBrowserClient(new CookieContainer());
        var address = $"/api/v1/sessions/{(await CreateAsync(browser, ""))["id"].Text()}";

        using var deleted = await browser.DeleteAsync(address, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(browser, address));
    }

    [Fact]
    public async Task A_session_outlives_a_restart_of_everything_and_ends_with_its_time_to_live()
    {
        using var data = new TemporaryFolder();
        var cookies = new CookieContainer();
        JsonNode created;
        await using (var app = await OnlineCompilerApp.StartAsync(data.Path))
        {
            using var browser = app.CreateBrowserClient(cookies);
            created = await CreateAsync(browser, "print('kept')");
        }

        var address = $"/api/v1/sessions/{created["id"].Text()}";
        var timeToLive = TimeSpan.FromSeconds(2);
        await using (var app = await OnlineCompilerApp.StartAsync(data.Path, new ServiceSetting("session", "Sessions__TimeToLive", timeToLive.ToString())))
        {
            using var browser = app.CreateBrowserClient(cookies);
            var kept = await browser.GetFromJsonAsync<JsonNode>(address, TestContext.Current.CancellationToken);
            Assert.Equal("print('kept')", kept!["files"]![0]!["content"].Text());

            // Each look would keep a session alive (its time to live slides), so this one is looked at once, when it should be gone.
            var brief = await CreateAsync(browser, "");
            await Task.Delay(timeToLive + TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(browser, $"/api/v1/sessions/{brief["id"].Text()}"));
            var left = await browser.GetFromJsonAsync<JsonNode>("/api/v1/sessions", TestContext.Current.CancellationToken);
            Assert.Empty(left!["sessions"]!.AsArray());
        }
    }

    private static async Task<JsonNode> CreateAsync(HttpClient browser, string program)
    {
        using var response = await browser.PostAsJsonAsync("/api/v1/sessions", Session(program), TestContext.Current.CancellationToken);
        var session = await response.ReadJsonAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Created, session.ToJsonString());
        Assert.Equal($"/api/v1/sessions/{session["id"].Text()}", response.Headers.Location?.OriginalString);
        Assert.Equal($"\"{session["version"]}\"", response.Headers.ETag?.Tag);
        return session;
    }

    private static async Task<HttpResponseMessage> SaveAsync(HttpClient browser, string address, JsonNode readVersion, string program)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, address)
        {
            Content = JsonContent.Create(Session(program)),
            Headers = { { "If-Match", $"\"{readVersion}\"" } },
        };
        return await browser.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient browser, string address)
    {
        using var response = await browser.GetAsync(address, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static object Session(string program) =>
        new { title = "Mine", language = "python", files = new[] { new { path = "main.py", content = program } }, stdin = "", arguments = Array.Empty<string>() };
}
