namespace OnlineCompiler.Web.Tests;

public sealed class SecurityHeadersTests : IDisposable
{
    private readonly WebHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Scripts_come_from_here_alone_and_none_is_made_from_text()
    {
        var policy = await HeaderAsync("/", "Content-Security-Policy");

        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/favicon.svg")]
    [InlineData("/missing.js")]
    public async Task Every_answer_says_what_the_page_never_does(string path)
    {
        Assert.Equal("nosniff", await HeaderAsync(path, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", await HeaderAsync(path, "Referrer-Policy"));
        Assert.Equal("same-origin", await HeaderAsync(path, "Cross-Origin-Opener-Policy"));
        Assert.Contains("frame-ancestors 'none'", await HeaderAsync(path, "Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/embed")]
    [InlineData("/embed/pZGm1Av0IEBK")]
    public async Task Other_sites_may_show_the_embedded_page_and_it_is_as_strict_otherwise(string path)
    {
        var policy = await HeaderAsync(path, "Content-Security-Policy");

        Assert.Equal((await HeaderAsync("/", "Content-Security-Policy")).Replace("frame-ancestors 'none'", "frame-ancestors *", StringComparison.Ordinal), policy);
        Assert.Equal("cross-origin", await HeaderAsync(path, "Cross-Origin-Resource-Policy"));
        Assert.Contains("/assets/embed-", await _host.CreateClient().GetStringAsync(path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/embedded")]
    [InlineData("/s/embed")]
    [InlineData("/embed.html")]
    [InlineData("/python")]
    public async Task Nothing_else_can_be_framed(string path)
    {
        Assert.Contains("frame-ancestors 'none'", await HeaderAsync(path, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("same-origin", await HeaderAsync(path, "Cross-Origin-Resource-Policy"));
    }

    [Fact]
    public async Task The_script_that_makes_frames_is_for_every_page()
    {
        Assert.Equal("cross-origin", await HeaderAsync("/embed.js", "Cross-Origin-Resource-Policy"));
    }

    [Fact]
    public async Task The_frame_for_pages_of_programs_has_no_origin_and_no_network()
    {
        var policy = await HeaderAsync("/frame.html", "Content-Security-Policy");

        Assert.StartsWith("sandbox allow-scripts; default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("connect-src", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("allow-same-origin", policy, StringComparison.Ordinal);
        Assert.EndsWith("frame-ancestors 'self'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_keeps_its_own_policy()
    {
        var page = await _host.CreateClient().GetStringAsync("/", TestContext.Current.CancellationToken);

        // An inline script or handler would be refused by the policy above, and the page would be blank.
        Assert.DoesNotMatch("<script(?![^>]*\\bsrc=)", page);
        Assert.DoesNotMatch("\\son[a-z]+=", page);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
    }

    private async Task<string> HeaderAsync(string path, string name)
    {
        using var response = await _host.CreateClient().GetAsync(path, TestContext.Current.CancellationToken);
        return response.Headers.GetValues(name).Single();
    }
}
