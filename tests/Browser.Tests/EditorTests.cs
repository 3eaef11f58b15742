using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

public sealed class EditorTests(BrowserApp app)
{
    [Fact]
    public async Task Vim_keys_type_and_are_remembered_with_the_other_settings()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("one\ntwo");
        await page.Page.Keyboard.PressAsync("Control+,");
        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Keys", Exact = true }).SelectOptionAsync("vim");
        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Text size" }).SelectOptionAsync("20");
        await page.ScreenshotAsync("settings");
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.Locator(".cm-vim-panel").WaitForAsync();

        await page.Code.ClickAsync();
        await page.Page.Keyboard.TypeAsync("ggddithree ");
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page.Code).ToHaveTextAsync("three two");
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.Keyboard.PressAsync("Tab");
        await Expect(page.Code).Not.ToBeFocusedAsync();

        await page.ReloadAsync();
        await page.Page.Locator(".cm-vim-panel").WaitForAsync();
        await Expect(page.Page.Locator(".cm-editor")).ToHaveCSSAsync("font-size", "20px");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Emacs_keys_move_and_kill()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("needle in hay");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Editor settings" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Keys", Exact = true }).SelectOptionAsync("emacs");
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page.Page.Locator("[data-keys=emacs]")).ToBeVisibleAsync();
        await page.Code.ClickAsync();
        await page.Page.Locator(".cm-emacsMode").WaitForAsync();

        await page.Page.Keyboard.PressAsync("Control+a");
        await page.Page.Keyboard.PressAsync("Control+k");

        await Expect(page.Code).Not.ToContainTextAsync("needle");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Problems_are_marked_where_they_are_and_f8_goes_to_them_in_turn()
    {
        await using var page = await app.OpenAsync();
        await page.ChooseLanguageAsync("C++");
        await page.PasteProgramAsync("int main() {\n    return one\n        + two;\n}\n");

        await page.RunAsync();
        await page.ExpectFinishedAsync();
        await Expect(page.Page.Locator(".cm-lintRange-error")).ToHaveCountAsync(2);
        await Expect(page.Page.Locator(".cm-lint-marker-error")).ToHaveCountAsync(2);
        await page.Code.ClickAsync();
        await page.Page.Keyboard.PressAsync("ControlOrMeta+Home");
        await page.Page.Keyboard.PressAsync("F8");
        await Expect(page.Page.Locator(".cm-activeLine")).ToContainTextAsync("return one");
        await Expect(page.Page.Locator(".cm-tooltip-lint, .cm-tooltip .cm-diagnostic").First).ToContainTextAsync("one");
        await page.Page.Keyboard.PressAsync("F8");
        await Expect(page.Page.Locator(".cm-activeLine")).ToContainTextAsync("+ two");
        await page.Page.Keyboard.PressAsync("Shift+F8");
        await Expect(page.Page.Locator(".cm-activeLine")).ToContainTextAsync("return one");
        await page.ScreenshotAsync("problems");
    }

    [Fact]
    public async Task Several_cursors_type_at_once_find_and_replace_is_there_and_escape_then_tab_leaves()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("name = 1\nprint(name)");
        await page.Page.Keyboard.PressAsync("ControlOrMeta+Home");
        await page.Page.Keyboard.PressAsync("ControlOrMeta+D");
        await page.Page.Keyboard.PressAsync("ControlOrMeta+D");
        await page.Page.Keyboard.TypeAsync("count");
        await Expect(page.Code).ToHaveTextAsync("count = 1print(count)");

        await page.Page.Keyboard.PressAsync("ControlOrMeta+Home");
        await page.Page.Locator(".cm-line").Nth(1).ClickAsync(new() { Modifiers = [KeyboardModifier.Alt] });
        await Expect(page.Page.Locator(".cm-cursor")).ToHaveCountAsync(2);

        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.Keyboard.PressAsync("ControlOrMeta+F");
        await page.Page.GetByRole(AriaRole.Textbox, new() { Name = "Find" }).FillAsync("count");
        await page.Page.GetByRole(AriaRole.Textbox, new() { Name = "Replace" }).FillAsync("total");
        await page.ScreenshotAsync("search");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "replace all" }).ClickAsync();

        await Expect(page.Code).ToHaveTextAsync("total = 1print(total)");

        // The first closes the search.
        await page.Code.FocusAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.Keyboard.PressAsync("Tab");
        await Expect(page.Code).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.Keyboard.PressAsync("Tab");
        await Expect(page.Code).Not.ToBeFocusedAsync();
    }
}
