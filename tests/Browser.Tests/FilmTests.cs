using OnlineCompiler.AiService.Tests;
using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

/// <summary>A whole visit, in pictures for people to look at: <c>.run/screenshots/film-…</c>, told in docs/page.md.</summary>
public sealed class FilmTests(BrowserApp app)
{
    private const string Greeter = "name = input('What is your name? ')\nprint(f'Hello, {name}!')\nagain = input('And yours? ')\n";
    private const string Broken = "prices = {'tea': 3, 'cake': 5}\n\ntotal = 0\nfor item in prices:\n    total += price[item]\n\nprint('Together:', total)\n";
    private const string Fixed = "The dictionary is called `prices`, with an **s**.\n\n```python main.py\nprices = {'tea': 3, 'cake': 5}\n\ntotal = 0\nfor item in prices:\n    total += prices[item]\n\nprint('Together:', total)\n```\n";

    private const string Plot = """
        import math
        import matplotlib.pyplot as plt

        x = [i / 50 for i in range(400)]
        plt.figure(figsize=(7, 4))
        plt.plot(x, [math.sin(v) for v in x], label='sin x')
        plt.plot(x, [math.sin(v) * math.exp(-v / 4) for v in x], label='fading')
        plt.grid(alpha=0.3)
        plt.legend()
        plt.show()
        """;

    [Theory]
    [InlineData(BrowserApp.Desktop, ColorScheme.Light)]
    [InlineData(BrowserApp.Desktop, ColorScheme.Dark)]
    [InlineData(BrowserApp.Tablet, ColorScheme.Light)]
    [InlineData(BrowserApp.Phone, ColorScheme.Light)]
    [InlineData(BrowserApp.Phone, ColorScheme.Dark)]
    public async Task A_visit(string device, ColorScheme colors)
    {
        await using var page = await app.OpenAsync(device, colors, test: "film");
        var output = new Output(page);
        await page.ScreenshotAsync("1-first-visit");

        await page.TypeProgramAsync("for word in ['a', 'b']:\nprint(wo");
        await Expect(page.Code).ToContainTextAsync("print(wo)");
        await Expect(page.Page.Locator(".cm-tooltip-autocomplete li")).ToHaveTextAsync(["word"]);
        await page.ScreenshotAsync("2-typing");

        await page.ChooseLanguageAsync("C++");
        await page.PasteProgramAsync("#include <iostream>\n\nint main() {\n    std::cout << greeting << '\\n';\n}\n");
        await page.RunAsync();
        await page.ExpectFinishedAsync();
        await ShowCodeAsync(page, device);
        await Expect(page.Page.Locator(".cm-lintRange")).ToBeVisibleAsync();
        if (device != BrowserApp.Phone)
            await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Explain" })).ToBeVisibleAsync();
        await page.ScreenshotAsync("3-compile-error");

        await page.ChooseLanguageAsync("Python");
        await page.PasteProgramAsync(Greeter);
        await page.RunAsync();
        await page.ExpectInTerminalAsync("What is your name?");
        await page.AnswerAsync("Ada");
        await page.ExpectInTerminalAsync("Hello, Ada!");
        await page.ScreenshotAsync("4-input");
        await page.AnswerAsync("Grace");
        await page.ExpectFinishedAsync();

        if (await app.HasLibraryAsync("python", "matplotlib"))
        {
            await ShowCodeAsync(page, device);
            await page.PasteProgramAsync(Plot);
            await page.RunAsync();
            await page.ExpectFinishedAsync();
            if (device == BrowserApp.Phone)
                await output.ShowAsync("Pictures", device);
            await Expect(output.Artifacts.GetByRole(AriaRole.Img, new() { Name = "figure-1.png" })).ToBeVisibleAsync();
            await page.ScreenshotAsync("5-plot");
        }

        await ShowCodeAsync(page, device);
        await page.PasteProgramAsync("a, b = map(int, input().split())\nprint(abs(a) + abs(b))\n");
        await output.ShowAsync("Tests", device);
        await output.AddCaseAsync("1 2", "3");
        await output.AddCaseAsync("-1 2", "1");
        await output.JudgeAsync();
        await Expect(output.Cases.Nth(1)).ToContainTextAsync("Wrong answer");
        await page.ScreenshotAsync("6-tests");

        await ShowCodeAsync(page, device);
        await page.PasteProgramAsync(Broken);
        await page.RunAsync();
        await page.ExpectFinishedAsync();
        app.Model.Answer = context => ProviderWire.WriteAsync(context, [Fixed]);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Fix it" }).ClickAsync();
        var assistant = page.Page.GetByTestId("assistant");
        await Expect(assistant).ToContainTextAsync("It was run, and it works.", new() { Timeout = Workbench.ProgramLimitMs });
        await page.ScreenshotAsync("7-fix");
        // Nothing changes before the person says so.
        await ShowCodeAsync(page, device);
        await Expect(page.Code).ToContainTextAsync("price[item]");
        if (device == BrowserApp.Phone)
            await output.ShowAsync("Terminal", device);
        await assistant.GetByRole(AriaRole.Button, new() { Name = "Use this code" }).ClickAsync();
        await ShowCodeAsync(page, device);
        await Expect(page.Code).ToContainTextAsync("prices[item]");

        var link = await page.ShareAsync();
        await page.ScreenshotAsync("8-share");

        await using var other = await app.OpenAsync(device, colors, link.PathAndQuery, test: "film");
        var kept = new KeptPrograms(other.Page);
        await Expect(other.Page.GetByText("which somebody shared")).ToBeVisibleAsync();
        await other.ScreenshotAsync("9-shared");
        await kept.Button("Keep a copy").ClickAsync();
        await kept.AllowAsync();
        await kept.ExpectAsync("saved");
        await kept.OpenListAsync();
        await Expect(kept.Row("Python program")).ToBeVisibleAsync();
        await other.ScreenshotAsync("10-fork");
        Assert.Empty(page.Errors.Concat(other.Errors));
    }

    private static Task ShowCodeAsync(Workbench page, string device) => device == BrowserApp.Phone
        ? page.Page.GetByRole(AriaRole.Navigation, new() { Name = "View" }).GetByRole(AriaRole.Button, new() { Name = "Code" }).ClickAsync()
        : Task.CompletedTask;
}
