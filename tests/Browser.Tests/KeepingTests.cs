using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

public sealed class KeepingTests(BrowserApp app)
{
    [Theory]
    [InlineData(BrowserApp.Desktop, ColorScheme.Light)]
    [InlineData(BrowserApp.Phone, ColorScheme.Dark)]
    public async Task A_program_saves_itself_once_allowed_and_can_be_named_found_and_gone_back_in(string device, ColorScheme colorScheme)
    {
        await using var page = await app.OpenAsync(device, colorScheme);
        var kept = new KeptPrograms(page.Page);
        await page.PasteProgramAsync("# First try\nprint('first')\n");
        await Expect(kept.Question).ToBeVisibleAsync();
        Assert.Empty(await page.Page.Context.CookiesAsync());
        await page.ScreenshotAsync("asked");
        await kept.AllowAsync();
        await kept.ExpectAsync("saved");

        await page.RunAsync();
        await page.ExpectFinishedAsync();
        if (device == BrowserApp.Phone)
            await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Code" }).Or(page.Page.GetByRole(AriaRole.Button, new() { Name = "Code", Exact = true })).First.ClickAsync();
        await page.PasteProgramAsync("# First try\nprint('second')\n");
        await kept.ExpectAsync("saved");

        await kept.OpenListAsync();
        await kept.RenameAsync("First try", "Keeper");
        await kept.Button("Duplicate Keeper").ClickAsync();
        await Expect(kept.Row("Keeper (copy)")).ToBeVisibleAsync();
        await kept.Button("Delete Keeper (copy)").ClickAsync();
        await Expect(kept.Row("Keeper (copy)")).Not.ToBeVisibleAsync();
        await page.ScreenshotAsync("programs");
        await kept.Dialog.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(kept.Row("Keeper (copy)")).ToBeVisibleAsync();
        await page.Page.ExpectNothingSeriousAsync("with the saved programs open");

        await kept.Button("History of Keeper").ClickAsync();
        await Expect(kept.Dialog.GetByRole(AriaRole.Table)).ToContainTextAsync("Finished");
        await page.ScreenshotAsync("history");
        await page.Page.ExpectNothingSeriousAsync("with the history open");
        await kept.Dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Go back to it: Version 1,") }).ClickAsync();
        await Expect(page.Code).ToContainTextAsync("'first'");
        await kept.ExpectAsync("saved");

        await page.ReloadAsync();
        await Expect(page.Code).ToContainTextAsync("'first'");
        await kept.ExpectAsync("saved");
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task Two_tabs_follow_each_other_and_when_both_changed_the_same_nothing_is_lost()
    {
        await using var first = await app.OpenAsync();
        var here = new KeptPrograms(first.Page);
        await first.PasteProgramAsync("print('one')");
        await here.AllowAsync();
        await here.ExpectAsync("saved");

        await using var second = new Workbench(first.Page.Context, await first.Page.Context.NewPageAsync(), "two-tabs");
        await second.OpenAsync(new Uri(first.Page.Url));
        var there = new KeptPrograms(second.Page);
        await there.ExpectAsync("saved");
        await first.PasteProgramAsync("print('two')");
        await Expect(first.Code).ToContainTextAsync("'two'");
        await here.ExpectAsync("saved");
        await Expect(second.Code).ToContainTextAsync("'two'");

        await there.CutOffAsync();
        await second.PasteProgramAsync("print('there')");
        await there.ExpectAsync("offline");
        await first.PasteProgramAsync("print('here')");
        await here.ExpectAsync("saved");
        await there.ReconnectAsync();
        await there.ExpectAsync("conflict");
        await second.ScreenshotAsync("conflict");
        await there.Button("See what differs").ClickAsync();
        await Expect(there.Dialog).ToContainTextAsync("'here'");
        await second.ScreenshotAsync("difference");
        await there.Button("Close").ClickAsync();
        await there.Button("Keep mine as a copy").ClickAsync();
        await there.ExpectAsync("saved");

        await Expect(second.Code).ToContainTextAsync("'there'");
        await Expect(first.Code).ToContainTextAsync("'here'");
        await there.OpenListAsync();
        await Expect(there.Row("Python program")).ToBeVisibleAsync();
        await Expect(there.Row("Python program (my copy)")).ToBeVisibleAsync();
        Assert.Empty(first.Errors);
    }

    [Fact]
    public async Task While_the_service_is_away_programs_stay_in_the_browser_and_are_sent_when_it_is_back()
    {
        await using var page = await app.OpenAsync();
        var kept = new KeptPrograms(page.Page);
        await page.PasteProgramAsync("print('there')");
        await kept.AllowAsync();
        await kept.ExpectAsync("saved");

        await kept.CutOffAsync();
        await page.PasteProgramAsync("print('written offline')");
        await kept.ExpectAsync("offline");
        await page.ScreenshotAsync("offline");
        await page.ReloadAsync();
        await Expect(page.Code).ToContainTextAsync("written offline");
        await kept.ExpectAsync("offline");
        // Another program takes its place before it could be sent.
        await page.ChooseLanguageAsync("C++");
        await page.PasteProgramAsync("int main() { return 1; }");
        await kept.ExpectAsync("offline");

        await kept.ReconnectAsync();
        await kept.ExpectAsync("saved");
        await kept.OpenListAsync();
        await Expect(kept.Row("C++ program")).ToBeVisibleAsync();
        await kept.Row("Python program").GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(page.Code).ToContainTextAsync("written offline");
    }

    [Fact]
    public async Task A_link_says_whose_program_it_is_can_be_kept_as_a_copy_and_taken_back()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("# Shared greeting\nprint('hello')\n");
        var link = await page.ShareAsync();
        await page.ScreenshotAsync("shared");
        await page.Page.ExpectNothingSeriousAsync("with the link shown");

        await using var other = await app.OpenAsync(BrowserApp.Phone, path: link.PathAndQuery);
        var kept = new KeptPrograms(other.Page);
        await Expect(other.Page.GetByText("“Shared greeting”, which somebody shared")).ToBeVisibleAsync();
        await other.ScreenshotAsync("opened");
        await kept.Button("Keep a copy").ClickAsync();
        await kept.AllowAsync();
        await kept.ExpectAsync("saved");
        await kept.OpenListAsync();
        await Expect(kept.Row("Shared greeting")).ToBeVisibleAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(page.Page.GetByText("The link does not work any more.")).ToBeVisibleAsync();
        await using var late = await app.OpenAsync(path: link.PathAndQuery);
        await Expect(late.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
    }
}
