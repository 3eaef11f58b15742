using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OnlineCompiler.AppHost.Standalone.Testing;

namespace Aspire.Hosting.Testing;

/// <summary>A builder that a test may change before it builds.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}

/// <summary>Builds whole applications for tests: random ports, and nothing kept once they are disposed.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>The application that <typeparamref name="TEntryPoint"/>'s program describes.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class =>
        CreateAsync<TEntryPoint>([], cancellationToken);

    /// <inheritdoc cref="CreateAsync{TEntryPoint}(CancellationToken)"/>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class =>
        new TestingBuilder(await TestRun.CreateBuilderAsync(typeof(TEntryPoint).Assembly, args, cancellationToken));

    /// <summary>An empty application, for the test to fill.</summary>
    public static IDistributedApplicationTestingBuilder Create(params string[] args) => new TestingBuilder(TestRun.CreateBuilder(args));

    private sealed class TestingBuilder(DistributedApplicationBuilder builder) : IDistributedApplicationTestingBuilder
    {
        public ConfigurationManager Configuration => builder.Configuration;

        public string AppHostDirectory => builder.AppHostDirectory;

        public IHostEnvironment Environment => builder.Environment;

        public IServiceCollection Services => builder.Services;

        public IResourceCollection Resources => builder.Resources;

        public IResourceBuilder<T> AddResource<T>(T resource)
            where T : IResource =>
            builder.AddResource(resource);

        public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
            where T : IResource =>
            builder.CreateResourceBuilder(resource);

        public DistributedApplication Build() => builder.Build();

        public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default) => Task.FromResult(Build());

        public void Dispose()
        {
            // Nothing is held before the application is built, and then it is the application's.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
