using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace OnlineCompiler.Browser.Tests.Pages;

/// <summary>What axe finds that keeps somebody out.</summary>
internal static class Accessibility
{
    /// <summary>Of all that is in order it need not tell each element's place: on an editor's page that takes longer than looking.</summary>
    private static readonly AxeRunOptions _everything = new() { ResultTypes = [ResultType.Violations] };

    private static readonly AxeRunOptions _contrast = new()
    {
        ResultTypes = [ResultType.Violations],
        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] },
    };

    /// <summary>Everything in the theme that the page has, and in the other one what depends on it.</summary>
    /// <param name="page">As it is now.</param>
    /// <param name="moment">What has just happened, for whoever reads the failure.</param>
    public static async Task ExpectNothingSeriousAsync(this IPage page, string moment)
    {
        await ExpectAsync(page, _everything, moment);

        var (mine, other) = await page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches")
            ? (ColorScheme.Dark, ColorScheme.Light)
            : (ColorScheme.Light, ColorScheme.Dark);
        await ChangeToAsync(page, other);
        await ExpectAsync(page, _contrast, $"{moment}, in the {other} theme");
        await ChangeToAsync(page, mine);
    }

    private static async Task ChangeToAsync(IPage page, ColorScheme theme)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = theme });
        // What listens for it has drawn anew.
        await page.EvaluateAsync("() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
    }

    private static async Task ExpectAsync(IPage page, AxeRunOptions rules, string moment)
    {
        var found = await page.RunAxe(rules);
        var serious = found.Violations
            .Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}");
        Assert.True(!serious.Any(), $"{moment}:\n{string.Join('\n', serious)}");
    }
}
