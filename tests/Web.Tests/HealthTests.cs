using System.Net;
using Microsoft.AspNetCore.Hosting;

namespace OnlineCompiler.Web.Tests;

public sealed class HealthTests : IDisposable
{
    private readonly WebHost _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Answers_probes(string path)
    {
        using var response = await _host.CreateClient().GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("healthy", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_not_ready_without_a_page_and_says_so()
    {
        var empty = Directory.CreateTempSubdirectory("web-tests-");
        try
        {
            using var host = _host.WithWebHostBuilder(builder => builder.UseWebRoot(empty.FullName));

            using var response = await host.CreateClient().GetAsync("/health/ready", TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Contains("wwwroot/index.html is missing", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        finally
        {
            empty.Delete(recursive: true);
        }
    }
}
