using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

public sealed class AidsAccessibilityTests(BrowserApp app)
{
    private const string Tablet = "iPad Mini";

    [Theory]
    [InlineData(BrowserApp.Desktop, ColorScheme.Light)]
    [InlineData(Tablet, ColorScheme.Light)]
    [InlineData(BrowserApp.Phone, ColorScheme.Dark)]
    public async Task Nobody_is_kept_out_of_the_commands_the_samples_and_the_help(string device, ColorScheme colorScheme)
    {
        await using var page = await app.OpenAsync(device, colorScheme);
        await page.ScreenshotAsync("page");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "All commands" }).ClickAsync();
        await Expect(page.Palette).ToBeVisibleAsync();
        await page.ScreenshotAsync("palette");
        await ExpectNothingSeriousAsync(page, device, "with the palette open");

        await page.Page.GetByRole(AriaRole.Option, new() { Name = "Start from a sample" }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Option, new() { Name = "Eight queens" })).ToBeVisibleAsync();
        await page.ScreenshotAsync("samples");
        await ExpectNothingSeriousAsync(page, device, "with the samples open");
        await page.Page.Keyboard.PressAsync("Escape");

        await page.CommandAsync("shortcuts");
        await Expect(page.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" })).ToBeVisibleAsync();
        await page.ScreenshotAsync("help");
        await ExpectNothingSeriousAsync(page, device, "with the help open");
        await page.Page.Keyboard.PressAsync("Escape");

        await page.Page.GetByTestId("language-picker").ClickAsync();
        await page.ScreenshotAsync("picker");
        await ExpectNothingSeriousAsync(page, device, "with the languages open");
    }

    private static async Task ExpectNothingSeriousAsync(Workbench page, string device, string moment)
    {
        // A tablet has the desk's elements in the desk's colours: looked at by people, and not a second time by axe.
        if (device != Tablet)
            await page.Page.ExpectNothingSeriousAsync(moment);
    }
}
