using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

public sealed class EditorAccessibilityTests(BrowserApp app)
{
    [Theory]
    [InlineData(BrowserApp.Desktop, ColorScheme.Light)]
    [InlineData(BrowserApp.Phone, ColorScheme.Dark)]
    public async Task Nobody_is_kept_out_of_files_options_search_and_settings(string device, ColorScheme colorScheme)
    {
        await using var page = await app.OpenAsync(device, colorScheme);
        await page.ChooseLanguageAsync("C++");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "New file" }).ClickAsync();
        await page.Page.Keyboard.TypeAsync("util");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Run options" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "util.cpp" }).PressAsync("F2");
        await page.Page.GetByRole(AriaRole.Textbox, new() { Name = "Name of the file" }).FillAsync("../util.cpp");
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.ScreenshotAsync("naming");
        await page.Page.ExpectNothingSeriousAsync("while a file is named, with the options open");

        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "More for these files" }).ClickAsync();
        await page.Page.ExpectNothingSeriousAsync("with the menu open");

        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Run options" }).ClickAsync();
        await page.Code.FocusAsync();
        await page.Page.Keyboard.PressAsync("ControlOrMeta+F");
        await Expect(page.Page.Locator(".cm-search")).ToBeVisibleAsync();
        await page.ScreenshotAsync("search");
        await page.Page.ExpectNothingSeriousAsync("with the search open");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Editor settings" }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.ScreenshotAsync("settings");
        await page.Page.ExpectNothingSeriousAsync("with the settings open");
    }
}
