using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

public sealed class ContentSecurityTests(BrowserApp app)
{
    private const string Record =
        "globalThis.refused = []; addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => refused.push(`${effectiveDirective} ${blockedURI} ${sample}`))";

    [Fact]
    public async Task A_whole_round_through_the_page_violates_no_policy()
    {
        await using var page = await app.OpenAsync();
        await page.Page.AddInitScriptAsync(Record);
        await page.ReloadAsync();

        await page.PasteProgramAsync("print(input('again? '))\n");
        await page.RunAsync();
        await page.ExpectInTerminalAsync("again?");
        await page.AnswerAsync("yes");
        await page.ExpectFinishedAsync();
        await page.PasteProgramAsync("print(missing)\n");
        await page.RunAsync();
        await Expect(page.Problems).ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Explain" }).ClickAsync();
        await Expect(page.Page.GetByTestId("assistant")).ToBeVisibleAsync();
        await page.CommandAsync("queens");
        await page.CommandAsync("dark");
        await page.CommandAsync("Deutsch");
        await Expect(page.Page.GetByTestId("run")).ToContainTextAsync("Ausführen");
        await page.KeptForOfflineAsync();

        Assert.Empty(await page.Page.EvaluateAsync<string[]>("() => refused"));
    }

    [Fact]
    public async Task The_page_runs_no_script_but_its_own_and_makes_none_from_text()
    {
        await using var page = await app.OpenAsync();
        await page.Page.AddInitScriptAsync(Record);
        var answer = await page.Page.ReloadAsync();
        Assert.NotNull(answer);

        var policy = (await answer.AllHeadersAsync())["content-security-policy"].Split("; ");
        Assert.Contains("script-src 'self'", policy);
        Assert.Contains("require-trusted-types-for 'script'", policy);

        Assert.Equal("TypeError", await TryAsync(page, "document.createElement('div').innerHTML = '<b>x</b>'"));
        await page.Page.EvaluateAsync("() => { const script = document.createElement('script'); script.append('globalThis.slipped = true'); document.head.append(script) }");
        Assert.False(await page.Page.EvaluateAsync<bool>("() => 'slipped' in globalThis"), "A script that was written into the page ran.");
        Assert.NotEmpty(await page.Page.EvaluateAsync<string[]>("() => refused"));
    }

    private static Task<string> TryAsync(Workbench page, string code) =>
        page.Page.EvaluateAsync<string>($"() => {{ try {{ {code}; return 'nothing' }} catch (error) {{ return error.name }} }}");
}
