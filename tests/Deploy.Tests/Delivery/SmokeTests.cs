using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OnlineCompiler.Deploy.Tests.Delivery;

/// <summary><c>deploy/smoke.sh</c>, tried on sites that are well and on sites that are not.</summary>
public sealed class SmokeTests
{
    private const string Page = """<html><body><div id="root"></div></body></html>""";
    private const string Answer = """{ "run": { "stdout": "42\n" } }""";

    [Fact]
    public async Task A_site_that_runs_programs_and_shows_its_page_passes()
    {
        var (status, output) = await TryAsync(Answer, Page, missingStatus: 404, isReady: true);

        Assert.True(status == 0, output);
        Assert.Contains("runs programs, and shows its page", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "run": { "stdout": "41\n" } }""", Page, 404, true, "did not print 42")]
    [InlineData(Answer, "<html></html>", 404, true, "a route of the page is something else")]
    [InlineData(Answer, Page, 200, true, "a missing file is not missing")]
    [InlineData(Answer, Page, 404, false, "is not ready")]
    public async Task A_site_that_does_not_is_told_by_what_it_does_wrong(string answer, string page, int missingStatus, bool isReady, string expected)
    {
        var (status, output) = await TryAsync(answer, page, missingStatus, isReady);

        Assert.Equal(1, status);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    private static async Task<(int Status, string Output)> TryAsync(string answer, string page, int missingStatus, bool isReady)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var site = builder.Build();
        site.MapGet("/health/ready", () => Results.StatusCode(isReady ? 200 : 503));
        site.MapPost("/api/v1/executions", () => Results.Content(answer, "application/json"));
        site.MapGet("/assets/{file}", () => Results.StatusCode(missingStatus));
        site.MapGet("/api/{**path}", () => Results.StatusCode(404));
        site.MapFallback(() => Results.Content(page, "text/html"));
        await site.StartAsync(TestContext.Current.CancellationToken);

        var start = new ProcessStartInfo("bash", [Path.Combine(Checkout.Root, "deploy", "smoke.sh"), site.Urls.Single()]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SMOKE_SECONDS"] = "0";
        using var script = Process.Start(start)!;
        var output = await script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await script.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (script.ExitCode, output);
    }
}
