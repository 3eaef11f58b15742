using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

public sealed class KeyboardTests(BrowserApp app)
{
    [Fact]
    public async Task A_program_is_written_run_answered_and_left_by_keyboard_alone()
    {
        await using var page = await app.OpenAsync();
        var keys = page.Page.Keyboard;

        await keys.PressAsync("Tab");
        var skip = page.Page.GetByRole(AriaRole.Button, new() { Name = "Go to the code" });
        await Expect(skip).ToBeFocusedAsync();
        await page.ScreenshotAsync("skip");
        await keys.PressAsync("Enter");
        await Expect(page.Code).ToBeFocusedAsync();

        await keys.PressAsync("ControlOrMeta+A");
        await keys.InsertTextAsync("name = input('Who? ')\nprint(f'Hello, {name}!')\n");
        await keys.PressAsync("ControlOrMeta+Enter");
        await page.ExpectInTerminalAsync("Who?");
        await page.ExpectFocusInAsync("terminal");
        await Expect(page.Page.GetByText("F6 leaves the terminal", new() { Exact = true })).ToBeVisibleAsync();
        await keys.TypeAsync("Ada");
        await keys.PressAsync("Enter");
        await page.ExpectInTerminalAsync("Hello, Ada!");
        await page.ExpectFinishedAsync();

        await keys.PressAsync("F6");
        await Expect(page.Page.GetByTestId("run")).ToBeFocusedAsync();
        await keys.PressAsync("F6");
        await Expect(page.Code).ToBeFocusedAsync();
        await keys.PressAsync("Shift+F6");
        await Expect(page.Page.GetByTestId("run")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Tab_goes_to_the_program_while_it_runs_and_on_through_the_page_when_it_does_not()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("print('ready')\nprint(repr(input()))\n");
        await page.Page.Keyboard.PressAsync("ControlOrMeta+Enter");
        await page.ExpectInTerminalAsync("ready");
        await page.ExpectFocusInAsync("terminal");

        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.ExpectInTerminalAsync("'\\t'");
        await page.ExpectFinishedAsync();
        await page.ExpectFocusInAsync("terminal");

        // The output may be scrolled by keyboard, so it is a stop of its own.
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.PressAsync("Tab");
        await Expect(page.Page.Locator("[data-testid='terminal']:focus-within")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Every_key_is_told_on_a_question_mark()
    {
        await using var page = await app.OpenAsync();
        await page.Page.GetByTestId("run").FocusAsync();

        await page.Page.Keyboard.PressAsync("?");

        var help = page.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" });
        await Expect(help).ToContainTextAsync("Leave the terminal");
        await page.ScreenshotAsync("help");
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page.Page.GetByTestId("run")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_problem_leads_to_its_place_by_keyboard()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("print('one')\nprint(missing)\n");
        await page.RunAsync();
        await page.ExpectFinishedAsync();

        var problems = page.Problems.GetByRole(AriaRole.List).GetByRole(AriaRole.Button);
        await problems.First.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");

        await Expect(page.Code).ToBeFocusedAsync();
        await page.Page.Keyboard.TypeAsync("#here ");
        await Expect(page.Code.Locator(".cm-line").Nth(1)).ToContainTextAsync("#here");
    }
}
