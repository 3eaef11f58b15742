namespace OnlineCompiler.Browser.Tests.Pages;

/// <summary>The page as its user sees it: an editor, a terminal, a Run button and a status line.</summary>
internal sealed class Workbench(IBrowserContext context, IPage page, string name) : IAsyncDisposable
{
    /// <summary>For what waits for a program: a compiler, a sandbox, a slow machine.</summary>
    public const float ProgramLimitMs = 30_000;

    private static readonly string ScreenshotFolder = Path.Combine(Checkout.Root, ".run", "screenshots");

    private readonly List<string> _errors = [];

    public IPage Page => page;

    public ILocator Code => page.GetByRole(AriaRole.Textbox, new() { NameRegex = new("^Code, ") });

    public ILocator Terminal => page.GetByTestId("terminal");

    public ILocator Status => page.GetByTestId("status");

    public ILocator Problems => page.GetByRole(AriaRole.Region, new() { Name = "Problems" });

    /// <summary>What the page complained about in the console, which should be nothing.</summary>
    public IReadOnlyList<string> Errors => _errors;

    public async Task OpenAsync(Uri address)
    {
        await VisitAsync(address);
        await ReadyAsync();
    }

    /// <summary>Opens a page that may have no editor.</summary>
    public async Task VisitAsync(Uri address)
    {
        page.Console += (_, message) => { if (message.Type == "error") _errors.Add(message.Text); };
        page.PageError += (_, error) => _errors.Add(error);
        await page.GotoAsync(address.AbsoluteUri);
    }

    public async Task ReloadAsync()
    {
        await page.ReloadAsync();
        await ReadyAsync();
    }

    /// <summary>Replaces the program by what is typed, key by key.</summary>
    public async Task TypeProgramAsync(string program)
    {
        await FocusCodeAsync();
        await page.Keyboard.PressAsync("ControlOrMeta+A");
        await page.Keyboard.PressAsync("Delete");
        await page.Keyboard.TypeAsync(program);
    }

    /// <summary>Replaces the program at once, as pasting does.</summary>
    public async Task PasteProgramAsync(string program)
    {
        await FocusCodeAsync();
        await page.Keyboard.PressAsync("ControlOrMeta+A");
        await page.Keyboard.InsertTextAsync(program);
    }

    /// <summary>
    /// As the Tab key would. A click that finds the page still moving is tried again by Playwright from other ends of the editor's text,
    /// which is larger than its window, and then its place is never in sight.
    /// </summary>
    private Task FocusCodeAsync() => Code.FocusAsync();

    public Task RunAsync() => page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();

    public async Task ChooseLanguageAsync(string language)
    {
        await page.GetByTestId("language-picker").ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Search languages" }).FillAsync(language);
        await page.GetByRole(AriaRole.Option, new() { Name = language }).First.ClickAsync();
        await Expect(page.GetByTestId("language-picker")).ToContainTextAsync(language);
        await ReadyAsync();
    }

    /// <summary>Shares the program, and leaves the dialog open.</summary>
    /// <returns>The link that was made.</returns>
    public async Task<Uri> ShareAsync()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        return new Uri(await page.GetByRole(AriaRole.Textbox, new() { Name = "Link to this program" }).InputValueAsync());
    }

    public Task ExpectInTerminalAsync(string text) =>
        Expect(Terminal).ToContainTextAsync(text, new() { Timeout = ProgramLimitMs });

    public Task ExpectFinishedAsync() =>
        Expect(Status).ToHaveAttributeAsync("data-phase", "finished", new() { Timeout = ProgramLimitMs });

    /// <summary>Types into the terminal and presses Enter.</summary>
    public async Task AnswerAsync(string line)
    {
        await Terminal.ClickAsync();
        await page.Keyboard.TypeAsync(line);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Keeps a picture for people to look at.</summary>
    public Task ScreenshotAsync(string moment) =>
        page.ScreenshotAsync(new()
        {
            Path = Path.Combine(ScreenshotFolder, $"{name}-{moment}.png"),
            Animations = ScreenshotAnimations.Disabled,
        });

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    /// <summary>The editor has arrived: what is typed from now on stays.</summary>
    private Task ReadyAsync() => Expect(page.Locator(".cm-content")).ToBeVisibleAsync(new() { Timeout = ProgramLimitMs });
}
