using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

public sealed class PaletteTests(BrowserApp app)
{
    [Fact]
    public async Task A_sample_is_found_run_and_read_without_a_mouse()
    {
        await using var page = await app.OpenAsync();

        await page.CommandAsync("c++");
        await Expect(page.Page.GetByTestId("language-picker")).ToContainTextAsync("C++");
        await page.CommandAsync("queens");
        await Expect(page.Code).ToContainTextAsync("Eight queens on a chessboard");
        await page.CommandAsync("run");

        await page.ExpectInTerminalAsync("92 solutions");
        await page.ExpectFinishedAsync();
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task The_page_speaks_german_at_once_and_after_a_reload_and_keeps_the_program()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("print('meins')");

        await page.CommandAsync("Deutsch");

        await Expect(page.Page.GetByTestId("run")).ToContainTextAsync("Ausführen");
        await Expect(page.Code).ToContainTextAsync("print('meins')");
        await page.ReloadAsync();
        await Expect(page.Page.GetByTestId("run")).ToContainTextAsync("Ausführen");
        await Expect(page.Page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await page.Page.GetByTestId("language-picker").ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Sprachen suchen" })).ToBeFocusedAsync();
        await page.ScreenshotAsync("picker");
    }

    [Fact]
    public async Task The_theme_is_chosen_by_name_and_stays()
    {
        await using var page = await app.OpenAsync();

        await page.CommandAsync("dark");

        await Expect(page.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.ReloadAsync();
        await Expect(page.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    }

    [Fact]
    public async Task Who_closes_the_palette_is_where_they_were()
    {
        await using var page = await app.OpenAsync();
        await page.Code.ClickAsync();

        await page.OpenPaletteAsync();
        await page.Page.Keyboard.PressAsync("Escape");

        await Expect(page.Palette).ToHaveCountAsync(0);
        await Expect(page.Code).ToBeFocusedAsync();
    }
}
