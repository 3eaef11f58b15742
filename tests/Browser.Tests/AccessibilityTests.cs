using Deque.AxeCore.Playwright;
using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

public sealed class AccessibilityTests(BrowserApp app)
{
    [Theory]
    [InlineData(BrowserApp.Desktop, ColorScheme.Light)]
    [InlineData(BrowserApp.Desktop, ColorScheme.Dark)]
    [InlineData(BrowserApp.Phone, ColorScheme.Light)]
    [InlineData(BrowserApp.Phone, ColorScheme.Dark)]
    public async Task Nobody_is_kept_out(string device, ColorScheme colorScheme)
    {
        await using var page = await app.OpenAsync(device, colorScheme);
        await page.ScreenshotAsync("start");
        await ExpectNothingSeriousAsync(page, "at the start");

        // With everything on the page: a terminal in use, a list of problems, a verdict.
        await page.ChooseLanguageAsync("C++");
        await page.PasteProgramAsync("#include <iostream>\n\nint main() {\n    int unused;\n    std::cout << greeting << '\\n';\n}\n");
        await page.RunAsync();
        await page.ExpectFinishedAsync();
        await Expect(page.Problems).ToBeVisibleAsync();
        await page.ScreenshotAsync("problems");
        await ExpectNothingSeriousAsync(page, "after a run with problems");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Saved programs" }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await ExpectNothingSeriousAsync(page, "with the saved programs open");
    }

    private static async Task ExpectNothingSeriousAsync(Workbench page, string moment)
    {
        var found = await page.Page.RunAxe();
        var serious = found.Violations
            .Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}");
        Assert.True(!serious.Any(), $"{moment}:\n{string.Join('\n', serious)}");
    }
}
