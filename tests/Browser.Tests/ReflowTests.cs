using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

/// <summary>Windows, sizes and settings that the page was not drawn for first.</summary>
public sealed class ReflowTests(BrowserApp app)
{
    /// <summary>Buttons in the bar that are cut off, too small, or lie over one another.</summary>
    private const string WhatIsWrong =
        """
        () => {
          const boxes = [...document.querySelectorAll('header button, nav[aria-label] button, footer')]
            .filter((element) => element.checkVisibility() && !element.closest('[class*="skip"]'))
            .map((element) => ({ name: element.getAttribute('aria-label') ?? element.textContent, box: element.getBoundingClientRect(), button: element.tagName === 'BUTTON' }))
          const wrong = boxes.filter(({ box }) => box.left < -1 || box.right > innerWidth + 1).map(({ name }) => `${name} is cut off`)
          wrong.push(...boxes.filter(({ box, button }) => button && (box.width < 24 || box.height < 24)).map(({ name }) => `${name} is too small`))
          for (const [index, a] of boxes.entries())
            for (const b of boxes.slice(index + 1))
              if (a.box.left < b.box.right - 1 && b.box.left < a.box.right - 1 && a.box.top < b.box.bottom - 1 && b.box.top < a.box.bottom - 1)
                wrong.push(`${a.name} lies over ${b.name}`)
          if (document.querySelector('[data-testid="language-picker"]').getBoundingClientRect().width < 80) wrong.push('The language cannot be read')
          if (document.documentElement.scrollWidth > innerWidth) wrong.push('The page scrolls sideways')
          return wrong
        }
        """;

    [Theory]
    [InlineData(320, 640, "ltr")] // 1280 pixels at 400 %: what WCAG's reflow asks for.
    [InlineData(640, 480, "ltr")] // 1280 by 960 at 200 %.
    [InlineData(320, 640, "rtl")]
    [InlineData(1280, 720, "rtl")]
    public async Task Nothing_is_cut_off_or_overlaps(int width, int height, string direction)
    {
        await using var page = await app.OpenAsync();
        await page.Page.SetViewportSizeAsync(width, height);
        await page.Page.EvaluateAsync("direction => { document.documentElement.dir = direction }", direction);
        await page.ScreenshotAsync($"{width}-{direction}");
        Assert.Empty(await page.Page.EvaluateAsync<string[]>(WhatIsWrong));

        await page.OpenPaletteAsync();
        await page.ScreenshotAsync($"{width}-{direction}-palette");
        var box = await page.Palette.BoundingBoxAsync();
        Assert.NotNull(box);
        Assert.InRange(box.X, 0, width);
        Assert.InRange(box.X + box.Width, 0, width);
        Assert.InRange(box.Y + box.Height, 0, height);
    }

    [Fact]
    public async Task Colours_that_the_reader_forces_leave_the_focus_and_the_choice_visible()
    {
        await using var page = await app.OpenAsync();
        await page.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });

        await page.OpenPaletteAsync();

        var active = page.Palette.Locator("[role='option'][data-active='true']");
        Assert.NotEqual("none", await active.EvaluateAsync<string>("option => getComputedStyle(option).outlineStyle"));
        await page.ScreenshotAsync("forced-colors");
    }

    [Fact]
    public async Task Nothing_moves_for_those_who_asked_for_that()
    {
        await using var page = await app.OpenAsync();
        await page.PasteProgramAsync("print(input('wait '))\n");
        await page.RunAsync();
        await page.ExpectInTerminalAsync("wait");

        var moving = await page.Page.EvaluateAsync<string[]>(
            "() => document.getAnimations().filter(({ effect }) => effect.getComputedTiming().duration > 1 && !effect.target.closest('.xterm, .cm-editor')).map(({ animationName, transitionProperty }) => animationName ?? transitionProperty)");
        Assert.Empty(moving);
    }
}
