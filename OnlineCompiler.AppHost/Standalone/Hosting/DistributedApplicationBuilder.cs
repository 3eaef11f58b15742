using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OnlineCompiler.AppHost.Standalone.Orchestration;
using OnlineCompiler.AppHost.Standalone.Redis;
using OnlineCompiler.AppHost.Standalone.StatusPage;
using OnlineCompiler.AppHost.Standalone.Testing;

namespace Aspire.Hosting;

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    /// <summary>True: no port that was asked for is used, so that applications run side by side. Aspire's own key.</summary>
    public const string RandomizePortsKey = "DcpPublisher:RandomizePorts";

    private readonly HostApplicationBuilder _host;
    private readonly ResourceCollection _resources = [];

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        TestRun = TestRun.Current;
        _host = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = options.Args,
            ApplicationName = typeof(DistributedApplicationBuilder).Assembly.GetName().Name,
            ContentRootPath = AppHostDirectory,
            EnvironmentName = TestRun is null ? null : Environments.Development,
            Configuration = CreateConfiguration(TestRun),
        });

        // What it would say of a failed start is thrown, too.
        _host.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        // Stopping is one resource after another, each given time to finish what it does.
        Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMinutes(1));
        Services.AddOrchestration(_resources, new Volumes(TestRun is null ? Path.Combine(AppHostDirectory, "..", ".data") : null));
        if (!options.DisableDashboard)
            Services.AddHostedService<StatusPageServer>();
    }

    public TestRun? TestRun { get; }

    /// <summary>The project's folder: appsettings.json is there, wherever we were started from.</summary>
    public string AppHostDirectory { get; } = typeof(DistributedApplicationBuilder).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "AppHostProjectPath").Value!;

    public ConfigurationManager Configuration => _host.Configuration;

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public IResourceCollection Resources => _resources;

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        if (_resources.Any(other => other.Name.Equals(resource.Name, StringComparison.OrdinalIgnoreCase)))
            throw new DistributedApplicationException($"There is already a resource called \"{resource.Name}\".");

        _resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource =>
        new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        TestRun?.TakeOver(this);
        return new DistributedApplication(_host.Build());
    }

    private static ConfigurationManager CreateConfiguration(TestRun? testRun)
    {
        var configuration = testRun is null ? new ConfigurationManager() : TestRun.CreateConfiguration();
        // Watching for changes of settings means watching every folder below ours, and being woken by all that any service writes there.
        configuration["hostBuilder:reloadConfigOnChange"] = "false";
        return configuration;
    }
}
