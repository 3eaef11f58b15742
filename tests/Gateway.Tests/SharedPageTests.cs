using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Grpc.Core;
using OnlineCompiler.Session.V1;

namespace OnlineCompiler.Gateway.Tests;

/// <summary>What chats are told of a link to a shared program.</summary>
public sealed class SharedPageTests
{
    private const string Path = "/s/abcdefghijkl";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_tells_the_programs_name_its_language_and_how_it_begins()
    {
        await using var gateway = await StartAsync("Greeter", "print('é')\n\n\tprint(2)\n");

        var page = await gateway.Http.GetStringAsync(Path, Token);

        Assert.Equal("Greeter", Told(page, "og:title"));
        Assert.Equal("A Python program: print('é') print(2)", Told(page, "og:description"));
        Assert.StartsWith("<!doctype html><html><head><title>the web</title>", page, StringComparison.Ordinal);
        Assert.EndsWith("</head><body>the page</body></html>", page, StringComparison.Ordinal);
        Assert.Contains("<meta name=\"robots\" content=\"noindex\" />", page, StringComparison.Ordinal);
        Assert.Equal("abcdefghijkl", Assert.IsType<GetSnapshotRequest>(gateway.Services.Sessions.LastRequest).Id);
    }

    [Theory]
    [InlineData("\"><script>alert(1)</script>")]
    [InlineData("' onload='x' \" onload=\"x")]
    [InlineData("</head></html><!-- ]]> &quot;")]
    [InlineData("{{7*7}} ${title} $& $1")]
    public async Task What_a_stranger_wrote_is_text_and_nothing_else(string hostile)
    {
        await using var plain = await StartAsync("x", "x");
        await using var gateway = await StartAsync(hostile, hostile);

        var page = await gateway.Http.GetStringAsync(Path, Token);

        Assert.Equal(hostile, Told(page, "og:title"));
        Assert.Equal($"A Python program: {hostile}", Told(page, "og:description"));
        // But for what stands in quotes the page is the one of a harmless program.
        Assert.Equal(Markup(await plain.Http.GetStringAsync(Path, Token)), Markup(page));
    }

    [Fact]
    public async Task What_is_not_seen_is_left_out_and_what_is_long_is_cut()
    {
        await using var gateway = await StartAsync("safe\u202Eexe\u0000.txt\r\n😀", new string('x', 3_000_000));

        var page = await gateway.Http.GetStringAsync(Path, Token);

        Assert.Equal("safe exe .txt 😀", Told(page, "og:title"));
        Assert.Equal($"A Python program: {new string('x', 160)}…", Told(page, "og:description"));
    }

    [Fact]
    public async Task It_is_told_however_the_browser_asks_and_kept_by_none_as_the_page_without()
    {
        await using var gateway = await StartAsync("Greeter", "print(1)");
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"page\""));
        request.Headers.Range = new RangeHeaderValue(0, 10);

        using var response = await gateway.Http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Greeter", Told(await response.Content.ReadAsStringAsync(Token), "og:title"));
        Assert.Null(response.Headers.ETag);
        Assert.Equal(("no-cache", "script-src 'self'"), (response.Headers.CacheControl?.ToString(), response.Headers.GetValues("Content-Security-Policy").Single()));
    }

    [Theory]
    [InlineData(StatusCode.NotFound)]
    [InlineData(StatusCode.InvalidArgument)]
    [InlineData(StatusCode.Unavailable)]
    public async Task Without_the_program_the_page_comes_as_it_is(StatusCode failure)
    {
        await using var gateway = await StartAsync("Greeter", "print(1)");
        gateway.Services.Sessions.Failure = new RpcException(new Status(failure, "no"));

        using var response = await gateway.Http.GetAsync(Path, Token);

        Assert.Equal("<!doctype html><html><head><title>the web</title></head><body>the page</body></html>", await response.Content.ReadAsStringAsync(Token));
        Assert.Equal("\"page\"", response.Headers.ETag?.Tag);
    }

    [Fact]
    public async Task Other_pages_ask_for_no_program()
    {
        await using var gateway = await StartAsync("Greeter", "print(1)");

        await gateway.Http.GetAsync("/", Token);
        await gateway.Http.GetAsync("/python", Token);

        Assert.Null(gateway.Services.Sessions.LastRequest);
    }

    private static async Task<TestGateway> StartAsync(string title, string program)
    {
        var gateway = await TestGateway.StartAsync();
        gateway.Services.Sessions.Snapshot = new Snapshot
        {
            Id = "abcdefghijkl",
            Content = new SessionContent
            {
                Title = title,
                Language = "python",
                EntryPoint = "main.py",
                Files = { new SessionFile { Path = "other.py", Content = "other" }, new SessionFile { Path = "main.py", Content = program } },
            },
        };
        return gateway;
    }

    /// <summary>As a chat reads it.</summary>
    private static string Told(string page, string property) =>
        WebUtility.HtmlDecode(Regex.Match(page, $"<meta property=\"{property}\" content=\"([^\"]*)\" />").Groups[1].Value);

    /// <summary>Without what stands in quotes.</summary>
    private static string Markup(string page) => Regex.Replace(page, "\"[^\"]*\"", "\"\"");
}
