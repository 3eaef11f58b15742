using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

/// <summary>What a program may print, kindly or not: the page answers meanwhile, and its terminal works afterwards.</summary>
public sealed class FloodTests(BrowserApp app)
{
    /// <summary>Ends with something that is only seen when all before it was drawn.</summary>
    private const string End = "\nprint('\\nflood over', flush=True)\n";

    // Turns of the page's event loop, and the longest wait for one.
    private const string CountTurns = """
        () => {
          let last = performance.now()
          const seen = window.turns = { since: last, count: 0, longest: 0 }
          const turn = () => {
            const now = performance.now()
            seen.count++
            seen.longest = Math.max(seen.longest, now - last)
            last = now
            channel.port2.postMessage(0)
          }
          const channel = new MessageChannel()
          channel.port1.onmessage = () => setTimeout(turn)
          turn()
        }
        """;

    [Theory]
    [InlineData("one MiB", "print('0123456789abcde\\n' * 60_000)")]
    [InlineData("200 000 short lines", "for _ in range(200_000): print('x')")]
    [InlineData("one line of a megabyte", "print('x' * 1_000_000)")]
    public async Task A_flood_is_drawn_in_turns_and_typing_goes_on(string what, string program)
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync($"{program}{End}# ");
        await page.RunAsync();
        // When it starts, the terminal takes the keyboard.
        await Expect(page.Status).ToHaveAttributeAsync("data-phase", "running");
        await page.Code.ClickAsync();
        await page.Page.Keyboard.PressAsync("ControlOrMeta+End");
        await page.Page.EvaluateAsync(CountTurns);

        await page.Page.Keyboard.TypeAsync("typed meanwhile");

        await page.ExpectInTerminalAsync("flood over");
        await page.ExpectFinishedAsync();
        await Expect(page.Code).ToContainTextAsync("typed meanwhile");
        var turns = await page.Page.EvaluateAsync<double[]>("[window.turns.count, window.turns.longest, performance.now() - window.turns.since]");
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {turns[0]} turns in {turns[2]:0} ms, the longest wait {turns[1]:0} ms");
        await ExpectUsableAsync(page);
    }

    [Theory]
    [InlineData("repeats", "for final in 'LMSTIZb@PX': sys.stdout.write('x\\x1b[2147483647' + final)\nfor final in 'LMSTIZb': sys.stdout.write(f'x\\x1b[900{final}' * 2_000)")]
    [InlineData("modes", "sys.stdout.write('\\x1b[?1049h\\x1b[?1000h\\x1b[?1003h\\x1b[?1006h\\x1b[?1h\\x1b=\\x1b[?2004h\\x1b[?1004h\\x1b[3;4r\\x1b[4h\\x1b(0\\x1b[?7l\\x1b[?25l')")]
    [InlineData("strings without end", "sys.stdout.write('\\x1b]0;taken\\x07\\x1b]52;c;dGFrZW4=\\x07\\x1b]2;' + 'y' * 200_000)")]
    public async Task Escape_sequences_change_nothing_beyond_the_run(string what, string program)
    {
        await using var page = await app.OpenAsync();
        await page.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var title = await page.Page.TitleAsync();
        await page.Page.EvaluateAsync("navigator.clipboard.writeText('mine')");
        await page.PasteProgramAsync($"import sys\n{program}\nsys.stdout.flush()\n");

        await page.RunAsync();
        await page.ExpectFinishedAsync();

        Assert.True(title == await page.Page.TitleAsync(), $"After {what} the title is another.");
        Assert.Equal("mine", await page.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        await ExpectUsableAsync(page);
    }

    [Fact]
    public async Task What_a_program_left_switched_on_does_not_keep_its_output_from_being_selected()
    {
        await using var page = await app.OpenAsync();
        await page.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.PasteProgramAsync("print('\\x1b[?1049hseen only there')\nprint('\\x1b[?1049l\\x1b[?1003h\\x1b[?1006hselectable')\n");
        await page.RunAsync();
        await page.ExpectInTerminalAsync("selectable");
        await page.ExpectFinishedAsync();

        var row = page.Page.Locator(".xterm-rows > div").Filter(new() { HasText = "selectable" });
        // The screen lies over its rows.
        var place = await row.BoundingBoxAsync() ?? throw new InvalidOperationException("The row is not on the screen.");
        await page.Page.Mouse.ClickAsync(place.X + 10, place.Y + place.Height / 2, new() { ClickCount = 3 });
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Copy the selection" }).ClickAsync();

        var copied = await page.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
        Assert.Equal("selectable", copied.Trim());
    }

    [Fact]
    public async Task Text_is_found_in_the_output_from_the_keyboard()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("for number in range(300): print('needle' if number % 100 == 0 else number)\n");
        await page.RunAsync();
        await page.ExpectInTerminalAsync("299");
        await page.ExpectFinishedAsync();
        await page.Terminal.ClickAsync();

        await page.Page.Keyboard.PressAsync("Control+F");
        await page.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Find in the output" }).FillAsync("needle");

        await Expect(page.Page.GetByRole(AriaRole.Search)).ToContainTextAsync("3 of 3");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.GetByRole(AriaRole.Search)).ToContainTextAsync("2 of 3");
        await page.ScreenshotAsync("search");
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page.Page.GetByRole(AriaRole.Search)).ToHaveCountAsync(0);
    }

    /// <summary>The next program starts on a clean screen, asks, and is answered.</summary>
    private static async Task ExpectUsableAsync(Workbench page)
    {
        await page.PasteProgramAsync("print('usable, ' + input('again? '))");
        await page.RunAsync();
        await page.ExpectInTerminalAsync("again?");
        await page.AnswerAsync("yes");
        await page.ExpectInTerminalAsync("usable, yes");
        await page.ExpectFinishedAsync();
        await Expect(page.Terminal.Locator(".xterm-rows")).Not.ToContainTextAsync("flood over");
    }
}
