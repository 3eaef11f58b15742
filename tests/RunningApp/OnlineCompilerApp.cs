using System.Globalization;
using System.Net;

namespace OnlineCompiler.Tests.RunningApp;

/// <summary>A whole application of its own: every service, its own Redis, a free port and a data folder.</summary>
public sealed class OnlineCompilerApp : IAsyncDisposable
{
    /// <summary>From nothing to a first program run, with time to spare on a slow machine.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly IDistributedApplicationTestingBuilder _builder;
    private readonly DistributedApplication _application;

    private OnlineCompilerApp(IDistributedApplicationTestingBuilder builder, DistributedApplication application)
    {
        _builder = builder;
        _application = application;
        Address = application.GetEndpoint("gateway");
        Http = application.CreateHttpClient("gateway");
        Http.Timeout = TimeSpan.FromMinutes(2);
    }

    /// <summary>Where the Gateway is.</summary>
    public Uri Address { get; }

    /// <summary>Talks to the Gateway; keeps no cookies.</summary>
    public HttpClient Http { get; }

    /// <param name="dataDirectory">Where Redis keeps its files.</param>
    /// <param name="settings">Settings of services, over what the AppHost gives them.</param>
    public static async Task<OnlineCompilerApp> StartAsync(string dataDirectory, params ServiceSetting[] settings)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(StartLimit);

        string[] arguments = ["--port", FreePort.Next().ToString(CultureInfo.InvariantCulture), "--data", dataDirectory];
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.OnlineCompiler_AppHost>(arguments, limit.Token);
        try
        {
            foreach (var setting in settings)
            {
                var project = builder.Resources.OfType<ProjectResource>().Single(resource => resource.Name == setting.Service);
                builder.CreateResourceBuilder(project).WithEnvironment(setting.Name, setting.Value);
            }

            var application = await builder.BuildAsync(limit.Token);
            await application.StartAsync(limit.Token);
            // The Gateway is ready once programs run; the tests need the rest, too.
            foreach (var resource in (string[])["session", "ai", "web", "gateway"])
                await application.ResourceNotifications.WaitForResourceHealthyAsync(resource, limit.Token);
            return new OnlineCompilerApp(builder, application);
        }
        catch
        {
            // Stops what has started, too.
            await builder.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client that keeps cookies, as a browser does.</summary>
    public HttpClient CreateBrowserClient(CookieContainer cookies) =>
        new(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = Address };

    /// <summary>Where its Redis is, and the password for it.</summary>
    public async Task<string> FindStoreAsync() =>
        await _application.GetConnectionStringAsync("redis", TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("It has no Redis.");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _application.DisposeAsync();
        await _builder.DisposeAsync();
    }
}

/// <summary>One environment variable of one service.</summary>
public sealed record ServiceSetting(string Service, string Name, string Value);
