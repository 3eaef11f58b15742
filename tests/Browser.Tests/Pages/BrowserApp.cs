using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OnlineCompiler.AiService.Tests;

[assembly: AssemblyFixture(typeof(OnlineCompiler.Browser.Tests.Pages.BrowserApp))]
// A page that waits for the processor looks like one that does not answer.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]

namespace OnlineCompiler.Browser.Tests.Pages;

/// <summary>The application, and the distribution's Chromium to look at it.</summary>
public sealed class BrowserApp : IAsyncLifetime
{
    public const string Desktop = "Desktop Chrome";
    public const string Phone = "Pixel 7";
    public const string Tablet = "iPad (gen 7)";

    private static readonly string[] BrowserNames = ["chromium", "chromium-browser", "google-chrome"];

    private readonly TemporaryFolder _data = new();
    private FakeProvider? _model;
    private OnlineCompilerApp? _app;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where the application is served.</summary>
    public Uri Address => _app?.Address ?? throw new InvalidOperationException("Not started.");

    /// <summary>Answers in place of a model; tests say what.</summary>
    internal FakeProvider Model => _model ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        _model = await FakeProvider.StartAsync();
        _app = await OnlineCompilerApp.StartAsync(
            _data.Path, new("ai", "Ai__Provider", "openai"), new("ai", "Ai__Endpoint", $"{_model.Url}/v1"), new("ai", "Ai__Model", "a-model"));
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = FindBrowser(),
            // Chromium refuses to sandbox itself as root, which is who tests in containers and CI run as.
            ChromiumSandbox = !Environment.IsPrivilegedProcess,
        });
    }

    /// <summary>Opens the page in a browser context of its own: no storage, no cookies of another test.</summary>
    internal async Task<Workbench> OpenAsync(string device = Desktop, ColorScheme colorScheme = ColorScheme.Light, string path = "/", [CallerMemberName] string test = "")
    {
        if (_app is null || _playwright is null || _browser is null)
            throw new InvalidOperationException("Not started.");

        var options = _playwright.Devices[device];
        options.ColorScheme = colorScheme;
        options.ReducedMotion = ReducedMotion.Reduce;
        var context = await _browser.NewContextAsync(options);
        var workbench = new Workbench(context, await context.NewPageAsync(), $"{test}-{device}-{colorScheme}".ToLowerInvariant().Replace(' ', '-'));
        await workbench.OpenAsync(new Uri(_app.Address, path));
        return workbench;
    }

    /// <summary>Whether a popular library is installed beside its language.</summary>
    public async Task<bool> HasLibraryAsync(string language, string library)
    {
        using var client = new HttpClient { BaseAddress = Address };
        var listed = await client.GetFromJsonAsync<JsonElement>("/api/v1/languages", TestContext.Current.CancellationToken);
        var known = listed.GetProperty("languages").EnumerateArray().Single(known => known.GetProperty("id").GetString() == language);
        return known.GetProperty("libraries").EnumerateArray().Any(known => known.GetProperty("name").GetString() == library);
    }

    /// <summary>Opens somebody else's page, in a browser context of its own.</summary>
    internal async Task<Workbench> OpenForeignAsync(Uri address, string device = Desktop, [CallerMemberName] string test = "")
    {
        if (_playwright is null || _browser is null)
            throw new InvalidOperationException("Not started.");

        var options = _playwright.Devices[device];
        options.ReducedMotion = ReducedMotion.Reduce;
        var context = await _browser.NewContextAsync(options);
        var visitor = new Workbench(context, await context.NewPageAsync(), $"{test}-{device}".ToLowerInvariant().Replace(' ', '-'));
        await visitor.VisitAsync(address);
        return visitor;
    }

    /// <summary>Opens the API's pages at one operation, in a browser context of its own.</summary>
    /// <param name="operation">Its place on the page, e.g. <c>tag/executions/POST/api/v1/executions</c>.</param>
    internal async Task<ApiPages> OpenApiPagesAsync(string operation)
    {
        if (_app is null || _playwright is null || _browser is null)
            throw new InvalidOperationException("Not started.");

        var context = await _browser.NewContextAsync(_playwright.Devices[Desktop]);
        var pages = new ApiPages(context, await context.NewPageAsync(), _app.Address);
        await pages.OpenAsync(operation);
        return pages;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
        if (_model is not null)
            await _model.DisposeAsync();
        _data.Dispose();
    }

    private static string FindBrowser() =>
        (from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         from name in BrowserNames
         select Path.Combine(folder, name))
        .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"No browser: none of {string.Join(", ", BrowserNames)} is in PATH.");
}
