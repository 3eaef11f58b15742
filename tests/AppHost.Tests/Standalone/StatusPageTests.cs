using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OnlineCompiler.AppHost.Standalone.StatusPage;

namespace OnlineCompiler.AppHost.Tests.Standalone;

public sealed class StatusPageTests
{
    [Fact]
    public async Task The_page_shows_states_endpoints_and_environment_but_no_secret()
    {
        await using var application = await SampleApplication.StartAsync(builder =>
            SampleApplication.AddSample(builder, "sample")
                .WithReference(builder.AddRedis("redis"))
                .WithEnvironment("Ai__Endpoint", builder.AddParameter("key", "s3cr3t-value", secret: true))
                .WithEnvironment("GREETING", "<b>hello</b>"));
        await application.WaitUntilHealthyAsync("sample");
        await application.WaitUntilHealthyAsync("redis");
        using var client = ClientOf(application);

        var page = await client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Contains("2 of 2 healthy", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{application.App.GetEndpoint("sample").GetLeftPart(UriPartial.Authority)}\"", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;hello&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t-value", page, StringComparison.Ordinal);
        var connection = await application.App.GetConnectionStringAsync("redis", TestContext.Current.CancellationToken);
        Assert.DoesNotContain(connection!.Split("password=")[1], page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_goes_on_as_the_service_writes()
    {
        await using var application = await SampleApplication.StartAsync(builder => SampleApplication.AddSample(builder, "sample"));
        await application.WaitUntilHealthyAsync("sample");
        using var client = ClientOf(application);
        using var log = new StreamReader(await client.GetStreamAsync(new Uri("/resources/sample/log", UriKind.Relative), TestContext.Current.CancellationToken));
        await ReadUntilAsync(log, "Application started");

        await application.PostAsync("sample", "/say?text=just-now");

        await ReadUntilAsync(log, "just-now");
    }

    [Fact]
    public async Task A_page_elsewhere_cannot_read_it_through_a_name_of_its_own()
    {
        await using var application = await SampleApplication.StartAsync(builder => builder.AddRedis("redis"));
        using var client = ClientOf(application);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "elsewhere.example" } };

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static HttpClient ClientOf(SampleApplication application) =>
        new() { BaseAddress = application.App.Services.GetServices<IHostedService>().OfType<StatusPageServer>().Single().Address };

    private static async Task ReadUntilAsync(StreamReader log, string text)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (await log.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return;
        }

        Assert.Fail($"The log ended before \"{text}\".");
    }
}
