using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

public sealed class OfflineTests(BrowserApp app)
{
    [Fact]
    public async Task Without_a_network_the_page_the_editor_and_the_program_are_there_and_run_says_why_it_waits()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("print('on paper')");
        await page.KeptForOfflineAsync();

        await page.Page.Context.SetOfflineAsync(true);
        await page.ReloadAsync();
        await Expect(page.Code).ToContainTextAsync("print('on paper')");
        await Expect(page.Page.GetByTestId("offline")).ToContainTextAsync("Offline");
        await page.RunAsync();
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The service cannot be reached");
        await page.ScreenshotAsync("offline");

        await page.Page.Context.SetOfflineAsync(false);
        await Expect(page.Page.GetByTestId("offline")).ToBeEmptyAsync();
        await page.RunAsync();
        await page.ExpectInTerminalAsync("on paper");
        await page.ExpectFinishedAsync();
    }

    [Fact]
    public async Task Addresses_of_languages_and_of_shared_programs_open_without_a_network_too()
    {
        await using var page = await app.OpenAsync();
        await page.KeptForOfflineAsync();
        await page.Page.Context.SetOfflineAsync(true);
        var address = new Uri(page.Page.Url);

        await page.Page.GotoAsync(new Uri(address, "/c++").AbsoluteUri);
        await Expect(page.Page.GetByTestId("language-picker")).ToContainTextAsync("C++");
        await Expect(page.Page.Locator(".cm-content")).ToBeVisibleAsync();

        await page.Page.GotoAsync(new Uri(address, "/s/neverseen").AbsoluteUri);
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The service cannot be reached");
        await Expect(page.Page.Locator(".cm-content")).ToBeVisibleAsync();
    }
}
