using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

public sealed class OutputAccessibilityTests(BrowserApp app)
{
    [Theory]
    [InlineData(BrowserApp.Desktop, ColorScheme.Light)]
    [InlineData(BrowserApp.Phone, ColorScheme.Dark)]
    public async Task What_comes_out_keeps_nobody_out(string device, ColorScheme colorScheme)
    {
        await using var page = await app.OpenAsync(device, colorScheme);
        var output = new Output(page);
        await page.PasteProgramAsync("open('a.csv', 'w').write('name,size\\nx,1\\ny,2\\n')\nopen('b.txt', 'w').write('text')\nprint(input())\n");
        await page.RunAsync();
        await page.AnswerAsync("answer");
        await page.ExpectFinishedAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Show a.csv" }).ClickAsync();
        await Expect(output.Artifacts.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        await page.ScreenshotAsync("files");
        await page.Page.ExpectNothingSeriousAsync("with the files of a run");

        await output.ShowAsync("Tests", device);
        await output.AddCaseAsync("a", "a");
        await output.AddCaseAsync("b", "c");
        await output.JudgeAsync();
        await Expect(output.Cases.Nth(1).GetByTestId("difference")).ToBeVisibleAsync();
        await page.ScreenshotAsync("tests");
        await page.Page.ExpectNothingSeriousAsync("with tests and a difference");
    }
}
