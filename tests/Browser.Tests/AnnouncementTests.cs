using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

/// <summary>What is said to people who hear the page.</summary>
public sealed class AnnouncementTests(BrowserApp app)
{
    [Fact]
    public async Task What_a_program_prints_and_asks_is_said_politely()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("print('\\033[31mred\\033[0m news')\nprint('ok', input('Your name? '))\n");
        await page.RunAsync();

        await Expect(page.Speech).ToHaveTextAsync("red news\nYour name?");
        await Expect(page.Page.GetByRole(AriaRole.Log, new() { Name = "Output of the program" })).ToHaveAttributeAsync("aria-live", "polite");
        await page.Page.Keyboard.TypeAsync("Ada");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.ExpectFinishedAsync();

        await Expect(page.Speech).ToContainTextAsync("ok Ada");
        await Expect(page.Status.GetByRole(AriaRole.Status)).ToContainTextAsync("Finished");
    }

    [Fact]
    public async Task A_flood_is_said_as_its_first_lines_and_a_number()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("for n in range(5000): print('line', n)\n");
        await page.RunAsync();
        await page.ExpectFinishedAsync();

        await Expect(page.Speech).ToContainTextAsync("more lines.");
        var lines = (await page.Speech.TextContentAsync() ?? "").Split('\n');
        Assert.InRange(lines.Length, 2, 8);
    }

    [Fact]
    public async Task Nothing_interrupts_a_person_who_listens()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("print('said once')\n");
        await page.RunAsync();
        await page.ExpectFinishedAsync();
        await Expect(page.Speech).ToHaveTextAsync("said once");

        await Expect(page.Terminal.Locator(".live-region")).ToHaveAttributeAsync("aria-live", "off");
        await Expect(page.Page.Locator("[aria-live='assertive']")).ToHaveCountAsync(0);
        var described = await page.Page.Locator("[data-testid='terminal'] textarea").GetAttributeAsync("aria-describedby");
        await Expect(page.Page.Locator($"#{described}")).ToContainTextAsync("F6");
    }
}
