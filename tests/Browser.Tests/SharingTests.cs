using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

public sealed class SharingTests(BrowserApp app)
{
    [Fact]
    public async Task What_was_shared_opens_and_runs_elsewhere_and_stays_as_it_was()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("print('shared', 6 * 7)\n");
        var link = await page.ShareAsync();
        await page.ScreenshotAsync("link");

        await using var phone = await app.OpenAsync(BrowserApp.Phone, path: link.PathAndQuery);
        await phone.RunAsync();
        await phone.ExpectInTerminalAsync("shared 42");
        await phone.ExpectFinishedAsync();
        await phone.ScreenshotAsync("ran");

        await using var later = await app.OpenAsync(path: link.PathAndQuery);
        await later.PasteProgramAsync("print('another')\n");
        await using var again = await app.OpenAsync(path: link.PathAndQuery);
        await Expect(again.Code).ToContainTextAsync("'shared', 6 * 7");

        Assert.StartsWith("/s/", link.AbsolutePath, StringComparison.Ordinal);
        Assert.Empty(page.Errors.Concat(phone.Errors).Concat(again.Errors));
    }

    [Fact]
    public async Task An_address_opens_a_language_or_carries_a_program()
    {
        await using var language = await app.OpenAsync(path: "/c++");
        await Expect(language.Page.GetByTestId("language-picker")).ToContainTextAsync("C++");

        await using var program = await app.OpenAsync(path: "/python#code=print(%22carried%22)");
        await program.RunAsync();
        await program.ExpectInTerminalAsync("carried");
        await program.ExpectFinishedAsync();
    }
}
