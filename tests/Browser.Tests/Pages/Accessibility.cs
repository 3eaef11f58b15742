using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace OnlineCompiler.Browser.Tests.Pages;

/// <summary>What axe finds that keeps somebody out.</summary>
internal static class Accessibility
{
    /// <summary>Of all that is in order it need not tell each element's place: on an editor's page that takes longer than looking.</summary>
    private static readonly AxeRunOptions _violationsAlone = new() { ResultTypes = [ResultType.Violations] };

    /// <param name="page">As it is now.</param>
    /// <param name="moment">What has just happened, for whoever reads the failure.</param>
    public static async Task ExpectNothingSeriousAsync(this IPage page, string moment)
    {
        var found = await page.RunAxe(_violationsAlone);
        var serious = found.Violations
            .Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}");
        Assert.True(!serious.Any(), $"{moment}:\n{string.Join('\n', serious)}");
    }
}
