using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

/// <summary>Bad networks, and pages that are loaded again while a program runs.</summary>
public sealed class ReconnectingTests(BrowserApp app)
{
    private const string Counter = "n = 0\nwhile True:\n    n += 1\n    x = input(f'{n}? ')\n    print(f'{n}: {x}!')\n    if x == 'end': break\n";

    [Fact]
    public async Task A_page_loaded_again_in_the_middle_of_a_program_is_back_in_it()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync(Counter);
        await page.RunAsync();
        await page.ExpectInTerminalAsync("1?");
        await page.AnswerAsync("Ada");
        await page.ExpectInTerminalAsync("1: Ada!");

        await page.ReloadAsync();

        await page.ExpectInTerminalAsync("1: Ada!");
        await page.ExpectInTerminalAsync("2?");
        await Expect(page.Status).ToHaveAttributeAsync("data-phase", "running");
        await page.ScreenshotAsync("reattached");
        await page.AnswerAsync("end");
        await page.ExpectInTerminalAsync("2: end!");
        await page.ExpectFinishedAsync();
        Assert.Empty(page.Errors);

        // Over is over.
        await page.ReloadAsync();
        await Expect(page.Status).ToHaveAttributeAsync("data-phase", "idle");
    }

    [Theory]
    [InlineData(BrowserApp.Desktop, ColorScheme.Dark)]
    [InlineData(BrowserApp.Phone, ColorScheme.Light)]
    public async Task Offline_and_back_the_program_has_gone_on_and_reads_what_was_typed_meanwhile_once(string device, ColorScheme colors)
    {
        await using var page = await app.OpenAsync(device, colors);
        await page.PasteProgramAsync(Counter);
        await page.RunAsync();
        await page.ExpectInTerminalAsync("1?");

        await page.Page.Context.SetOfflineAsync(true);
        await Expect(page.Status).ToContainTextAsync("Connection lost, reconnecting…");
        await Expect(page.Status).ToHaveAttributeAsync("data-phase", "running");
        await page.AnswerAsync("Ada");
        await page.ScreenshotAsync("offline");
        await page.Page.Context.SetOfflineAsync(false);

        await page.ExpectInTerminalAsync("1: Ada!");
        await Expect(page.Status).ToContainTextAsync("Running…");
        await page.AnswerAsync("end");
        await page.ExpectInTerminalAsync("2: end!");
        await page.ExpectFinishedAsync();
        await Expect(page.Terminal).Not.ToContainTextAsync("3?");
    }

    [Fact]
    public async Task Stop_works_while_the_program_cannot_be_reached()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync(Counter);
        await page.RunAsync();
        await page.ExpectInTerminalAsync("1?");
        await page.Page.Context.SetOfflineAsync(true);
        await Expect(page.Status).ToContainTextAsync("reconnecting");

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();

        await Expect(page.Status).ToHaveAttributeAsync("data-phase", "stopped");
        await page.Page.Context.SetOfflineAsync(false);
        await page.RunAsync();
        await page.ExpectInTerminalAsync("1?");
    }
}
