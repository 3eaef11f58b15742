using System.IO.Compression;
using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

public sealed class FilesTests(BrowserApp app)
{
    [Fact]
    public async Task Two_files_that_know_each_other_run_and_an_error_leads_into_the_second()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("from greetings import greet\n\ngreet('Ada')\ngreet(None)\n");
        await AddFileAsync(page, "greetings");
        await page.Page.Keyboard.InsertTextAsync("def greet(name):\n    print('Hello, ' + name)\n");
        await Expect(Tab(page, "greetings.py")).ToHaveAttributeAsync("aria-selected", "true");
        await page.ScreenshotAsync("files");

        await page.RunAsync();
        await page.ExpectInTerminalAsync("Hello, Ada");
        await page.ExpectInTerminalAsync("greetings.py\", line 2");
        await page.ExpectFinishedAsync();

        await Tab(page, "main.py").ClickAsync();
        await Expect(page.Code).ToContainTextAsync("greet('Ada')");
        await ClickInTerminalAsync(page, "greetings.py\", line 2");
        await Expect(Tab(page, "greetings.py")).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(page.Page.Locator(".cm-activeLine")).ToContainTextAsync("'Hello, ' + name");
        await page.ScreenshotAsync("error-link");

        await Tab(page, "main.py").ClickAsync();
        await page.Problems.GetByRole(AriaRole.Button, new() { Name = "greetings.py:2" }).ClickAsync();
        await Expect(Tab(page, "greetings.py")).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(page.Code).ToBeFocusedAsync();
        Assert.Empty(page.Errors);
    }

    [Fact]
    public async Task A_file_keeps_its_undo_history_its_selection_and_its_place_while_another_is_shown_and_under_a_new_name()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("first = 1" + string.Concat(Enumerable.Repeat("\n", 200)));
        // What asks for an answer takes room from the editor until it has one.
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Only in this browser" }).ClickAsync();
        await page.Code.FocusAsync();
        await page.Page.Keyboard.PressAsync("PageUp");
        var scroller = page.Page.Locator(".cm-scroller");
        var scrolled = await scroller.EvaluateAsync<double>("element => element.scrollTop");
        Assert.True(scrolled > 1_000, $"It is scrolled by {scrolled} only.");
        await AddFileAsync(page, "other");
        await page.Page.Keyboard.TypeAsync("second = 2");
        await Tab(page, "other.py").PressAsync("F2");
        await page.Page.Keyboard.TypeAsync("renamed");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(Tab(page, "renamed.py")).ToBeFocusedAsync();

        await page.Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.Code).Not.ToContainTextAsync("second");
        Assert.InRange(await scroller.EvaluateAsync<double>("element => element.scrollTop"), scrolled - 100, scrolled + 100);
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Code).ToHaveTextAsync("second = 2");
        await page.Code.FocusAsync();
        await page.Page.Keyboard.TypeAsync("0");
        await Expect(page.Code).ToHaveTextAsync("second = 20");
        await page.Page.Keyboard.PressAsync("ControlOrMeta+Z");
        await page.Page.Keyboard.PressAsync("ControlOrMeta+Z");
        await Expect(page.Code).Not.ToContainTextAsync("second");
    }

    [Fact]
    public async Task Files_that_are_dropped_are_added_and_what_is_not_text_is_refused_by_name()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("print(open('data.txt').read())");

        await DropAsync(page, ("data.txt", "dropped"u8.ToArray()), ("photo.png", [0x89, 0x50, 0xff]));

        await Expect(Tab(page, "data.txt")).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(page.Code).ToHaveTextAsync("dropped");
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("photo.png is not a text file.");
        await page.ScreenshotAsync("refused");
        await page.RunAsync();
        await page.ExpectInTerminalAsync("dropped");
    }

    [Fact]
    public async Task The_zip_that_is_downloaded_holds_every_file()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("import lib.util");
        await AddFileAsync(page, "lib/util");
        await page.Page.Keyboard.InsertTextAsync("print('ü')");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "More for these files" }).ClickAsync();
        await page.ScreenshotAsync("menu");

        var download = await page.Page.RunAndWaitForDownloadAsync(
            () => page.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Download all as zip" }).ClickAsync());

        Assert.Equal("python.zip", download.SuggestedFilename);
        await using var archive = await ZipFile.OpenReadAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(["main.py", "lib/util.py"], archive.Entries.Select(entry => entry.FullName));
        using var reader = new StreamReader(await archive.Entries[1].OpenAsync(TestContext.Current.CancellationToken));
        Assert.Equal("print('ü')", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_deleted_file_comes_back_and_all_files_are_there_after_a_reload()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("kept");
        await AddFileAsync(page, "other");
        await page.Page.Keyboard.TypeAsync("lost and found");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete other.py" }).ClickAsync();
        await Expect(Tab(page, "other.py")).ToHaveCountAsync(0);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true }).First.ClickAsync();

        await page.ReloadAsync();

        await Expect(Tab(page, "other.py")).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(page.Code).ToHaveTextAsync("lost and found");
        await Tab(page, "main.py").ClickAsync();
        await Expect(page.Code).ToHaveTextAsync("kept");
    }

    [Theory]
    [InlineData(BrowserApp.Desktop)]
    [InlineData(BrowserApp.Phone)]
    public async Task Input_that_is_given_beforehand_is_read_to_its_end_and_arguments_are_passed(string device)
    {
        await using var page = await app.OpenAsync(device, device == BrowserApp.Phone ? ColorScheme.Dark : ColorScheme.Light);
        await page.PasteProgramAsync("import sys\nprint(sum(int(line) for line in sys.stdin), sys.argv[1:], sys.stdin.isatty())");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Run options" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Textbox, new() { Name = "Standard input" }).FillAsync("20\n22\n");
        await page.Page.GetByRole(AriaRole.Textbox, new() { Name = "Arguments" }).FillAsync("-v 'two words'");
        await page.ScreenshotAsync("options");

        await page.RunAsync();

        await page.ExpectInTerminalAsync("42 ['-v', 'two words'] False");
        await page.ExpectFinishedAsync();
        Assert.Empty(page.Errors);
    }

    private static ILocator Tab(Workbench page, string path) => page.Page.GetByRole(AriaRole.Tab, new() { Name = path });

    /// <summary>Makes a file of this name, with the extension that is proposed, and leaves the cursor in it.</summary>
    private static async Task AddFileAsync(Workbench page, string name)
    {
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "New file" }).ClickAsync();
        await page.Page.Keyboard.TypeAsync(name);
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.GetByRole(AriaRole.Textbox, new() { Name = $"Code, {name}." })).ToBeFocusedAsync();
    }

    private static async Task DropAsync(Workbench page, params (string Name, byte[] Content)[] files)
    {
        var transfer = await page.Page.EvaluateHandleAsync(
            """
            files => {
              const transfer = new DataTransfer()
              for (const { name, content } of files) transfer.items.add(new File([new Uint8Array(content)], name))
              return transfer
            }
            """,
            files.Select(file => new { name = file.Name, content = file.Content.Select(value => (int)value).ToArray() }).ToArray());
        await page.Code.DispatchEventAsync("dragenter", new { dataTransfer = transfer });
        await Expect(page.Page.GetByText("Drop the files to add them")).ToBeVisibleAsync();
        await page.Code.DispatchEventAsync("drop", new { dataTransfer = transfer });
    }

    /// <summary>Clicks on a text of the terminal, which draws its rows as elements.</summary>
    private static async Task ClickInTerminalAsync(Workbench page, string text)
    {
        var row = page.Terminal.Locator(".xterm-rows > div").Filter(new() { HasText = text }).First;
        var box = await row.BoundingBoxAsync() ?? throw new InvalidOperationException($"\"{text}\" is not shown.");
        // By the mouse, since a layer of the terminal's own is above its rows.
        await page.Page.Mouse.MoveAsync(box.X + 120, box.Y + (box.Height / 2));
        await Expect(page.Terminal.Locator(".xterm-cursor-pointer")).ToBeVisibleAsync();
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.UpAsync();
    }
}
