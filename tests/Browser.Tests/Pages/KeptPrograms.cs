namespace OnlineCompiler.Browser.Tests.Pages;

/// <summary>Where the page says a program is, and the list of those that are kept.</summary>
internal sealed class KeptPrograms(IPage page)
{
    /// <summary>A pause in typing, a call, a slow machine.</summary>
    private const float SavingLimitMs = 30_000;

    private const string Calls = "**/api/v1/sessions**";

    public ILocator Dialog => page.GetByRole(AriaRole.Dialog);

    public ILocator Question => page.GetByRole(AriaRole.Group, new() { Name = "Keep your programs on the server?" });

    public ILocator Conflict => page.GetByRole(AriaRole.Alert);

    public Task AllowAsync() => Button("Keep them").ClickAsync();

    /// <param name="phase"><c>nothing</c>, <c>here</c>, <c>saving</c>, <c>saved</c>, <c>offline</c>, <c>conflict</c> or <c>refused</c>.</param>
    public Task ExpectAsync(string phase) =>
        Expect(page.GetByTestId("keeping")).ToHaveAttributeAsync("data-phase", phase, new() { Timeout = SavingLimitMs });

    public Task OpenListAsync() => page.GetByRole(AriaRole.Button, new() { Name = "My programs", Exact = true }).ClickAsync();

    public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Row(string title) => Dialog.GetByRole(AriaRole.Listitem).Filter(new() { Has = page.GetByRole(AriaRole.Button, new() { Name = $"Rename {title}", Exact = true }) });

    public async Task RenameAsync(string title, string name)
    {
        await Button($"Rename {title}").ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "New name" }).FillAsync(name);
        await page.Keyboard.PressAsync("Enter");
        await Expect(Row(name)).ToBeVisibleAsync();
    }

    /// <summary>From now on this page alone does not reach the sessions.</summary>
    public Task CutOffAsync() => page.RouteAsync(Calls, route => route.AbortAsync());

    public async Task ReconnectAsync()
    {
        await page.UnrouteAsync(Calls);
        await page.EvaluateAsync("dispatchEvent(new Event('online'))");
    }
}
