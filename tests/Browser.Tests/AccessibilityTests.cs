using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

public sealed class AccessibilityTests(BrowserApp app)
{
    [Theory]
    [InlineData(BrowserApp.Desktop, ColorScheme.Light)]
    [InlineData(BrowserApp.Phone, ColorScheme.Dark)]
    public async Task Nobody_is_kept_out(string device, ColorScheme colorScheme)
    {
        await using var page = await app.OpenAsync(device, colorScheme);
        await page.ScreenshotAsync("start");
        await page.Page.ExpectNothingSeriousAsync("at the start");

        // With everything on the page: a terminal in use, a list of problems, a verdict.
        await page.ChooseLanguageAsync("C++");
        await page.PasteProgramAsync("#include <iostream>\n\nint main() {\n    int unused;\n    std::cout << greeting << '\\n';\n}\n");
        await page.RunAsync();
        await page.ExpectFinishedAsync();
        await Expect(page.Problems).ToBeVisibleAsync();
        await page.ScreenshotAsync("problems");
        await page.Page.ExpectNothingSeriousAsync("after a run with problems");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "My programs" }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.Page.ExpectNothingSeriousAsync("with the saved programs open");
    }
}
