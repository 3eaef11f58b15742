using System.Text.Json;
using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

public sealed class ApiPagesTests(BrowserApp app)
{
    [Fact]
    public async Task A_program_can_be_run_from_the_pages_with_nothing_from_elsewhere()
    {
        await using var pages = await app.OpenApiPagesAsync("tag/executions/POST/api/v1/executions");

        var response = await pages.TryAsync("POST", "/api/v1/executions");
        var answer = await response.JsonAsync<JsonElement>();

        Assert.Equal(200, response.Status);
        Assert.Equal("cba\n", answer.GetProperty("run").GetProperty("stdout").GetString());
        // And its reader sees it: the id is of this run alone, so it cannot be the example's.
        await Expect(pages.Form).ToContainTextAsync(answer.GetProperty("id").GetString()!);
        await Expect(pages.Form).ToContainTextAsync("200 OK");
        Assert.Empty(pages.Elsewhere);
        Assert.Empty(pages.Errors);
    }
}
