using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

public sealed class WorkbenchTests(BrowserApp app)
{
    private const string Greeter = "name = input('What is your name? ')\nprint(f'Hello, {name}!')\n";

    [Fact]
    public async Task A_program_typed_into_the_page_asks_for_a_name_and_greets_it()
    {
        await using var page = await app.OpenAsync();
        await page.TypeProgramAsync(Greeter);

        await page.RunAsync();
        await page.ExpectInTerminalAsync("What is your name?");
        await page.AnswerAsync("Ada");

        await page.ExpectInTerminalAsync("Hello, Ada!");
        await page.ExpectFinishedAsync();
        await Expect(page.Status).ToContainTextAsync("exit");
        await page.ScreenshotAsync("greeted");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task The_sample_that_a_newcomer_meets_runs_and_talks()
    {
        await using var page = await app.OpenAsync();

        await page.RunAsync();
        await page.ExpectInTerminalAsync("What is your name?");
        await page.AnswerAsync("Ada");
        await page.ExpectInTerminalAsync("A whole number");
        await page.AnswerAsync("360360");

        await page.ExpectInTerminalAsync("360360 =");
        await page.ExpectFinishedAsync();
        await page.ScreenshotAsync("sample");
    }

    [Fact]
    public async Task A_program_that_does_not_compile_is_shown_as_such_with_its_place()
    {
        await using var page = await app.OpenAsync();
        await page.ChooseLanguageAsync("C++");
        await page.PasteProgramAsync("#include <iostream>\n\nint main() {\n    std::cout << greeting << '\\n';\n}\n");

        await page.RunAsync();
        await page.ExpectFinishedAsync();

        await Expect(page.Status).ToContainTextAsync("Compilation failed");
        await Expect(page.Status).ToHaveAttributeAsync("data-tone", "bad");
        await Expect(page.Problems).ToContainTextAsync("greeting");
        await Expect(page.Problems).ToContainTextAsync("main.cpp:4");
        await page.ExpectInTerminalAsync("was not declared");
        await page.ScreenshotAsync("compile-error");
    }

    [Fact]
    public async Task The_last_program_is_there_again_after_a_reload()
    {
        await using var page = await app.OpenAsync();
        await page.ChooseLanguageAsync("C++");
        await page.PasteProgramAsync("int main() { return 42; } // mine");

        await page.ReloadAsync();

        await Expect(page.Code).ToContainTextAsync("return 42; } // mine");
        await Expect(page.Page.GetByTestId("language-picker")).ToContainTextAsync("C++");
    }

    [Fact]
    public async Task Control_enter_runs_and_stops()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("print('begun')\nimport time\ntime.sleep(9)\n");

        await page.Page.Keyboard.PressAsync("ControlOrMeta+Enter");
        await page.ExpectInTerminalAsync("begun");
        await page.Page.Keyboard.PressAsync("ControlOrMeta+Enter");

        await page.ExpectFinishedAsync();
        await Expect(page.Status).ToContainTextAsync("Stopped");
    }

    [Fact]
    public async Task Control_c_in_the_terminal_interrupts_the_program()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("import time\nprint('begun')\ntime.sleep(9)\n");

        await page.RunAsync();
        await page.ExpectInTerminalAsync("begun");
        await page.Terminal.ClickAsync();
        await page.Page.Keyboard.PressAsync("Control+C");

        await page.ExpectInTerminalAsync("KeyboardInterrupt");
        await page.ExpectFinishedAsync();
    }

    [Fact]
    public async Task On_a_phone_a_program_is_run_and_answered()
    {
        await using var page = await app.OpenAsync(BrowserApp.Phone);
        await page.ScreenshotAsync("code");
        await page.PasteProgramAsync(Greeter);

        await page.RunAsync();
        await page.ExpectInTerminalAsync("What is your name?");
        await page.AnswerAsync("Ada");

        await page.ExpectInTerminalAsync("Hello, Ada!");
        await page.ExpectFinishedAsync();
        await page.ScreenshotAsync("terminal");
        var wider = await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");
        Assert.False(wider, "The page scrolls sideways.");
    }

    [Fact]
    public async Task On_a_phone_a_row_of_keys_writes_moves_answers_and_interrupts()
    {
        await using var page = await app.OpenAsync(BrowserApp.Phone);
        var keys = page.Page.GetByRole(AriaRole.Toolbar, new() { Name = "Keys for the editor" });
        await page.TypeProgramAsync("print");
        await TapAsync(keys, "(");
        await page.Page.Keyboard.TypeAsync("1");
        await TapAsync(keys, "Left");
        await TapAsync(keys, "[");
        await Expect(page.Code).ToContainTextAsync("print([1");
        await TapAsync(keys, "Tab, indent");
        // Compared as it is: what Expect compares has no white space around it.
        Assert.StartsWith("    print([1", await page.Page.Locator(".cm-line").First.TextContentAsync(), StringComparison.Ordinal);
        await Expect(page.Code).ToBeFocusedAsync();

        await page.ReloadAsync();
        await page.PasteProgramAsync("try:\n    while True: print('got', input('? '))\nexcept EOFError:\n    print('ended')\nimport time\ntime.sleep(60)\n");
        await page.RunAsync();
        await page.ExpectInTerminalAsync("?");
        await page.AnswerAsync("Ada");
        await page.ExpectInTerminalAsync("got Ada");
        keys = page.Page.GetByRole(AriaRole.Toolbar, new() { Name = "Keys for the terminal" });
        await TapAsync(keys, "Ctrl D, end of input");
        await page.ExpectInTerminalAsync("ended");
        await TapAsync(keys, "Ctrl C, interrupt");
        await page.ExpectInTerminalAsync("KeyboardInterrupt");
        await page.ExpectFinishedAsync();
    }

    private static Task TapAsync(ILocator keys, string name) => keys.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).TapAsync();
}
