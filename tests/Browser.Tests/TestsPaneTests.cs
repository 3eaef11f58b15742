using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

public sealed class TestsPaneTests(BrowserApp app)
{
    /// <summary>Wrong for what is below zero.</summary>
    private const string Adder = "a, b = map(int, input().split())\nprint('sum')\nprint(abs(a) + abs(b))\n";

    [Fact]
    public async Task Every_case_gets_its_verdict_and_the_wrong_one_its_difference()
    {
        await using var page = await app.OpenAsync();
        var output = new Output(page);
        await page.PasteProgramAsync(Adder);
        await output.ShowTestsAsync();
        await page.ScreenshotAsync("empty");
        await output.AddCaseAsync("1 2", "sum\n3");
        await output.AddCaseAsync("-1 2", "sum\n1");
        await output.AddCaseAsync("words", "sum\n1");
        await output.JudgeAsync();

        await Expect(output.Cases.Nth(0)).ToContainTextAsync("Passed");
        await Expect(output.Cases.Nth(0)).ToContainTextAsync("MiB");
        await Expect(output.Cases.Nth(1)).ToContainTextAsync("Wrong answer");
        await Expect(output.Cases.Nth(2)).ToContainTextAsync("Crashed");
        await Expect(output.Cases.Nth(2)).ToContainTextAsync("ValueError");
        await Expect(output.Tests.GetByRole(AriaRole.Status)).ToHaveTextAsync("1 of 3 passed");
        await Expect(output.Tab("Tests")).ToContainTextAsync("1/3");
        var lines = output.Cases.Nth(1).GetByTestId("difference").Locator("[data-kind]");
        Assert.Equal(["same", "missing", "unexpected"], await lines.EvaluateAllAsync<string[]>("lines => lines.map(line => line.dataset.kind)"));
        await Expect(lines).ToContainTextAsync(["sum", "1", "3"]);
        await page.ScreenshotAsync("verdicts");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task White_space_is_seen_where_it_is_the_difference()
    {
        await using var page = await app.OpenAsync();
        var output = new Output(page);
        await page.PasteProgramAsync("print('a  b')");
        await output.ShowTestsAsync();
        await output.AddCaseAsync("", "a b");
        await output.JudgeAsync();
        await Expect(output.Cases.First).ToContainTextAsync("Right words, wrong spacing");
        await Expect(output.Cases.First.GetByTestId("difference")).ToContainTextAsync("a··b");

        await output.Tests.GetByRole(AriaRole.Combobox, new() { Name = "Compare" }).SelectOptionAsync("tokens");
        await output.JudgeAsync();

        await Expect(output.Cases.First).ToContainTextAsync("Passed");
    }

    [Fact]
    public async Task What_does_not_compile_is_said_once_and_leads_to_its_place()
    {
        await using var page = await app.OpenAsync();
        var output = new Output(page);
        await page.ChooseLanguageAsync("C++");
        await page.PasteProgramAsync("int main() {\n    return missing;\n}\n");
        await output.ShowTestsAsync();
        await output.AddCaseAsync("1", "1");
        await output.AddCaseAsync("2", "2");
        await output.JudgeAsync();

        var notice = output.Tests.GetByTestId("not-compiled");
        await Expect(notice).ToHaveCountAsync(1);
        await Expect(notice).ToContainTextAsync("missing");
        await Expect(output.Cases.First).ToContainTextAsync("Skipped");
        await page.ScreenshotAsync("not-compiled");
        await notice.GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(page.Code).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_last_run_becomes_a_case_that_passes()
    {
        await using var page = await app.OpenAsync();
        var output = new Output(page);
        await page.PasteProgramAsync("name = input('Who? ')\nprint(f'Hello, {name}!')\n");
        await page.RunAsync();
        await page.ExpectInTerminalAsync("Who?");
        await page.AnswerAsync("Ada");
        await page.ExpectFinishedAsync();

        await output.ShowTestsAsync();
        await output.Tests.GetByRole(AriaRole.Button, new() { Name = "From the last run" }).ClickAsync();
        await Expect(output.Cases).ToHaveCountAsync(1, new() { Timeout = Workbench.ProgramLimitMs });
        await Expect(output.Cases.First.GetByRole(AriaRole.Textbox, new() { NameRegex = new("^Input") })).ToHaveValueAsync("Ada\n");
        await Expect(output.Cases.First.GetByRole(AriaRole.Textbox, new() { NameRegex = new("^Expected") })).ToHaveValueAsync("Who? Hello, Ada!\n");
        await output.JudgeAsync();

        await Expect(output.Tests.GetByRole(AriaRole.Status)).ToHaveTextAsync("The test passed");
    }

    [Fact]
    public async Task Cases_are_pasted_put_in_order_and_still_there_after_a_reload()
    {
        await using var page = await app.OpenAsync();
        var output = new Output(page);
        await output.ShowTestsAsync();
        await output.Tests.GetByRole(AriaRole.Button, new() { Name = "Import and export" }).ClickAsync();
        var dialog = page.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("Input\n1 2\nOutput\n3\n\nInput\n5 5\nOutput\n10\n");
        await page.ScreenshotAsync("import");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add them" }).ClickAsync();
        await Expect(output.Cases).ToHaveCountAsync(2);

        await output.Cases.First.GetByRole(AriaRole.Button, new() { Name = "Test 1" }).ClickAsync();
        await output.Cases.First.GetByRole(AriaRole.Button, new() { Name = "Duplicate" }).ClickAsync();
        await output.Cases.First.GetByRole(AriaRole.Button, new() { Name = "down" }).ClickAsync();
        await output.Cases.Nth(0).GetByRole(AriaRole.Textbox, new() { NameRegex = new("^Input") }).FillAsync("changed");
        await output.Cases.Nth(2).GetByRole(AriaRole.Button).First.ClickAsync();
        await output.Cases.Nth(2).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await page.ReloadAsync();
        await output.ShowTestsAsync();

        await Expect(output.Cases).ToHaveCountAsync(2);
        await output.Cases.Nth(0).GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(output.Cases.Nth(0).GetByRole(AriaRole.Textbox, new() { NameRegex = new("^Input") })).ToHaveValueAsync("changed");
    }

    [Fact]
    public async Task On_a_phone_the_tests_fit()
    {
        await using var page = await app.OpenAsync(BrowserApp.Phone);
        var output = new Output(page);
        await page.PasteProgramAsync(Adder);
        await page.Page.GetByRole(AriaRole.Navigation, new() { Name = "View" }).GetByRole(AriaRole.Button, new() { Name = "Tests" }).ClickAsync();
        await output.AddCaseAsync("-1 2", "sum\n1");
        await output.JudgeAsync();
        await Expect(output.Cases.First).ToContainTextAsync("Wrong answer");
        await page.ScreenshotAsync("verdicts");
        Assert.False(await page.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"), "The page scrolls sideways.");
    }
}
