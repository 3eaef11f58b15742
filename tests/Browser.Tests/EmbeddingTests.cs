using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

public sealed class EmbeddingTests(BrowserApp app)
{
    private const float ProgramLimitMs = 30_000;

    [Fact]
    public async Task A_page_of_another_site_embeds_a_shared_program_that_is_changed_and_run_there()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("print('embedded', 6 * 7)\n");
        var link = await page.ShareAsync();
        var home = link.GetLeftPart(UriPartial.Authority);
        var id = link.Segments[^1];
        await using var site = new ForeignSite($"<h1>A lesson</h1><script async src='{home}/embed.js'></script><online-compiler src='{home}/embed/{id}'></online-compiler>");

        await using var visitor = await app.OpenForeignAsync(site.Address);
        var frame = visitor.Page.FrameLocator("online-compiler iframe");
        await Expect(frame.Locator(".cm-content")).ToContainTextAsync("6 * 7", new() { Timeout = ProgramLimitMs });
        var lowest = await HeightAsync(visitor.Page);
        await frame.GetByRole(AriaRole.Button, new() { Name = "Run" }).ClickAsync();
        await Expect(frame.GetByTestId("terminal")).ToContainTextAsync("embedded 42", new() { Timeout = ProgramLimitMs });
        await Expect(frame.GetByTestId("status")).ToHaveAttributeAsync("data-phase", "finished", new() { Timeout = ProgramLimitMs });

        // It has grown by its output, without being told how high it may be.
        Assert.True(await HeightAsync(visitor.Page) > lowest + 100);
        await Expect(frame.GetByRole(AriaRole.Link, new() { Name = "Open in OnlineCompiler" })).ToHaveAttributeAsync("href", $"/s/{id}");
        Assert.Empty(await visitor.Page.Context.CookiesAsync());
        await visitor.ScreenshotAsync("ran");
        await visitor.Page.ExpectNothingSeriousAsync("with a program in somebody else's page");
        Assert.Empty(visitor.Errors);
    }

    [Fact]
    public async Task A_program_stands_in_the_page_itself_and_looks_as_the_page_wants()
    {
        await using var page = await app.OpenAsync();
        var home = new Uri(page.Page.Url).GetLeftPart(UriPartial.Authority);
        await using var site = new ForeignSite(
            $"<script async src='{home}/embed.js'></script><online-compiler language=python theme=dark lines=0 readonly height=300>\nprint('inline')\n</online-compiler>");

        await using var visitor = await app.OpenForeignAsync(site.Address, BrowserApp.Phone);
        var frame = visitor.Page.FrameLocator("online-compiler iframe");
        await Expect(frame.Locator(".cm-content")).ToHaveTextAsync("print('inline')", new() { Timeout = ProgramLimitMs });
        await Expect(frame.Locator(".cm-lineNumbers")).Not.ToBeVisibleAsync();
        await Expect(frame.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await frame.Locator(".cm-content").PressAsync("x");
        await frame.Locator(".cm-content").PressAsync("Control+Enter");
        await Expect(frame.GetByTestId("terminal")).ToContainTextAsync("inline", new() { Timeout = ProgramLimitMs });
        await Expect(frame.Locator(".cm-content")).ToHaveTextAsync("print('inline')");

        Assert.Equal(300, await HeightAsync(visitor.Page));
        await visitor.ScreenshotAsync("dark");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/python")]
    [InlineData("/docs/")]
    public async Task Nothing_else_is_shown_in_a_frame_of_another_site(string path)
    {
        await using var page = await app.OpenAsync();
        await using var site = new ForeignSite($"<iframe src='{new Uri(new Uri(page.Page.Url), path)}'></iframe>");

        await using var visitor = await app.OpenForeignAsync(site.Address);

        await Expect(visitor.Page.Locator("iframe")).ToBeVisibleAsync();
        Assert.Equal("chrome-error://chromewebdata/", visitor.Page.Frames[1].Url);
        Assert.Contains(visitor.Errors, error => error.Contains("frame-ancestors", StringComparison.Ordinal));
    }

    private static async Task<double> HeightAsync(IPage page) =>
        await page.EvaluateAsync<double>("document.querySelector('online-compiler').shadowRoot.querySelector('iframe').offsetHeight");
}
