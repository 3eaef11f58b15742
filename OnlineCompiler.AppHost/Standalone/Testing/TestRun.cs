using System.Reflection;
using Aspire.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace OnlineCompiler.AppHost.Standalone.Testing;

/// <summary>
/// Runs an AppHost's program up to the point where it would build the application, and takes the builder from it. The
/// application is one for a test then: ports of its own, and nothing kept.
/// </summary>
internal sealed class TestRun
{
    private static readonly AsyncLocal<TestRun?> Running = new();

    private DistributedApplicationBuilder? _builder;
    private bool _isTaken;

    /// <summary>The run that the caller is part of.</summary>
    public static TestRun? Current => Running.Value;

    public static async Task<DistributedApplicationBuilder> CreateBuilderAsync(Assembly appHost, string[] args, CancellationToken cancellationToken)
    {
        var main = appHost.EntryPoint ?? throw new InvalidOperationException($"{appHost.GetName().Name} has no entry point.");
        var run = new TestRun();
        await Task.Run(() => run.InvokeAsync(main, args), cancellationToken);
        return run._builder ?? throw new InvalidOperationException($"{appHost.GetName().Name} ended without building an application.");
    }

    public static DistributedApplicationBuilder CreateBuilder(string[] args)
    {
        Running.Value = new TestRun { _isTaken = true };
        try
        {
            return new DistributedApplicationBuilder(new DistributedApplicationOptions { Args = args });
        }
        finally
        {
            Running.Value = null;
        }
    }

    public static ConfigurationManager CreateConfiguration()
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [DistributedApplicationBuilder.RandomizePortsKey] = "true",
            [StatusPage.StatusPageServer.PortKey] = "0",
            ["Logging:LogLevel:AppHost"] = "Warning",
        });
        return configuration;
    }

    /// <summary>Called as the program builds: the first time it ends there, for the test builds when it is ready.</summary>
    public void TakeOver(DistributedApplicationBuilder builder)
    {
        if (_isTaken)
            return;

        _isTaken = true;
        _builder = builder;
        throw new HostAbortedException();
    }

    private async Task InvokeAsync(MethodInfo main, string[] args)
    {
        Running.Value = this;
        try
        {
            var result = main.Invoke(null, main.GetParameters().Length == 0 ? null : [args]);
            if (result is Task task)
                await task;
        }
        catch (TargetInvocationException error) when (error.InnerException is HostAbortedException)
        {
            // As we asked in TakeOver.
        }
        catch (HostAbortedException)
        {
            // The same, from an asynchronous program.
        }
    }
}
