using System.Net.Http.Json;
using OnlineCompiler.SampleAppHost;

namespace OnlineCompiler.AppHost.Tests.Standalone;

/// <summary>An application of sample services, gone when the test is over.</summary>
internal sealed class SampleApplication(DistributedApplication app) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public DistributedApplication App => app;

    public ResourceNotificationService Notifications => app.ResourceNotifications;

    public static async Task<SampleApplication> StartAsync(Action<IDistributedApplicationTestingBuilder> describe, params string[] args)
    {
        var builder = DistributedApplicationTestingBuilder.Create(args);
        describe(builder);
        var application = new SampleApplication(await builder.BuildAsync(TestContext.Current.CancellationToken));
        await application.App.StartAsync(TestContext.Current.CancellationToken);
        return application;
    }

    public static IResourceBuilder<ProjectResource> AddSample(IDistributedApplicationBuilder builder, string name) =>
        builder.AddProject<Sample>(name).WithHttpHealthCheck("/health/ready");

    public Task<ResourceEvent> WaitUntilHealthyAsync(string name) =>
        Notifications.WaitForResourceHealthyAsync(name, TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

    public Task<ResourceEvent> WaitUntilAsync(string name, Func<CustomResourceSnapshot, bool> reached) =>
        Notifications.WaitForResourceAsync(name, change => reached(change.Snapshot), TestContext.Current.CancellationToken)
            .WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <summary>The environment in which the service really runs.</summary>
    public async Task<Dictionary<string, string>> GetEnvironmentAsync(string name)
    {
        await WaitUntilHealthyAsync(name);
        using var client = app.CreateHttpClient(name);
        return (await client.GetFromJsonAsync<Dictionary<string, string>>("/environment", TestContext.Current.CancellationToken))!;
    }

    public async Task PostAsync(string name, string path)
    {
        using var client = app.CreateHttpClient(name);
        try
        {
            using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), null, TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException) when (path == "/exit")
        {
            // It had no time to answer.
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
