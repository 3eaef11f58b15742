namespace OnlineCompiler.Browser.Tests.Pages;

/// <summary>The second pane of the page: what comes out of a program, in tabs.</summary>
internal sealed class Output(Workbench workbench)
{
    private readonly IPage _page = workbench.Page;

    public ILocator Artifacts => _page.GetByTestId("artifacts");

    public ILocator Cases => _page.GetByTestId("test-case");

    public ILocator Tests => _page.GetByTestId("tests");

    /// <summary>The sealed frame in which a page of a program is shown.</summary>
    public IFrameLocator Frame => Artifacts.FrameLocator("iframe");

    public ILocator Tab(string name) => _page.GetByRole(AriaRole.Tab, new() { NameRegex = new($"^{name}") });

    /// <summary>Shows one of its views, by the tabs of the pane or, on a phone, by those of the page.</summary>
    public Task ShowAsync(string name, string device) => device == BrowserApp.Phone
        ? _page.GetByRole(AriaRole.Navigation, new() { Name = "View" }).GetByRole(AriaRole.Button, new() { NameRegex = new($"^{name}") }).ClickAsync()
        : Tab(name).ClickAsync();

    public Task ShowTestsAsync() => Tab("Tests").ClickAsync();

    /// <summary>Shows a file that the program left, by its thumbnail.</summary>
    public Task ShowFileAsync(string path) => Artifacts.GetByRole(AriaRole.Button, new() { Name = $"Show {path}", Exact = true }).ClickAsync();

    /// <summary>Adds a case and fills it in.</summary>
    public async Task AddCaseAsync(string input, string expected)
    {
        var before = await Cases.CountAsync();
        await Tests.GetByRole(AriaRole.Button, new() { Name = "Add a test" }).ClickAsync();
        var added = Cases.Nth(before);
        await added.GetByRole(AriaRole.Textbox, new() { NameRegex = new("^Input") }).FillAsync(input);
        await added.GetByRole(AriaRole.Textbox, new() { NameRegex = new("^Expected output") }).FillAsync(expected);
    }

    /// <summary>Runs all cases and waits until every one has its verdict.</summary>
    public async Task JudgeAsync()
    {
        await Tests.GetByRole(AriaRole.Button, new() { Name = "Run all" }).ClickAsync();
        await Expect(Tests.GetByRole(AriaRole.Button, new() { Name = "Run all" })).ToBeVisibleAsync(new() { Timeout = Workbench.ProgramLimitMs });
    }
}
