using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Sandbox.Prepared;
using OnlineCompiler.Worker.V1;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks.Worker;

/// <summary>
/// This program as a worker: no service, no open port, no telemetry of its own; it dials its dispatcher, does one job and
/// exits with a <see cref="WorkerExit"/>.
/// </summary>
internal static class WorkerMode
{
    public const string DispatcherKey = $"{WorkerOptions.Section}:{nameof(WorkerOptions.Dispatcher)}";
    public const string TokenKey = $"{WorkerOptions.Section}:{nameof(WorkerOptions.Token)}";

    /// <summary>What stopping takes once the job has ended.</summary>
    private static readonly TimeSpan _stopTime = TimeSpan.FromSeconds(5);

    /// <summary>True when <c>Worker:Dispatcher</c> is set, in the environment or by argument.</summary>
    public static bool IsAsked(string[] args) =>
        !string.IsNullOrEmpty(new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build()[DispatcherKey]);

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var builder = Host.CreateApplicationBuilder(args);
            OwnSecrets.Hide();
            builder.AddWorker();
            var host = builder.Build();
            var worker = host.Services.GetRequiredService<WorkerService>();
            await host.RunAsync();
            return (int)worker.Exit;
        }
        catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync($"This worker cannot start: {exception.Message}");
            return (int)WorkerExit.Misconfigured;
        }
    }

    private static void AddWorker(this HostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<WorkerOptions>().BindConfiguration(WorkerOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WorkerOptions>, WorkerOptionsValidator>();
        services.AddOptions<ExecutionOptions>().BindConfiguration(ExecutionOptions.Section);
        services.AddSingleton(TimeProvider.System);
        services.AddOptions<HostOptions>().Configure<IOptions<WorkerOptions>>((host, worker) => host.ShutdownTimeout = worker.Value.FinishWithin + _stopTime);

        var backend = builder.Configuration.GetValue($"{WorkerOptions.Section}:{nameof(WorkerOptions.Backend)}", new WorkerOptions().Backend);
        builder.Configuration[$"{SandboxOptions.Section}:{nameof(SandboxOptions.Backend)}"] = backend.ToString();
        // It serves one stage, and is there before that.
        builder.Configuration[$"{SandboxOptions.Section}:{nameof(SandboxOptions.Prepared)}:{nameof(PreparedOptions.Enabled)}"] = "false";
        builder.AddSandbox();

        services.AddServiceDiscovery();
        services.AddGrpcClient<Workers.WorkersClient>((provider, client) => client.Address = new Uri(provider.GetRequiredService<IOptions<WorkerOptions>>().Value.Dispatcher))
            .AddServiceDiscovery()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
                // A dispatcher that vanishes says no goodbye.
                KeepAlivePingDelay = TimeSpan.FromSeconds(10),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            });
        services.AddSingleton<WorkerCall>();
        // Last, so that it stops first, while the sandbox still stands.
        services.AddSingleton<WorkerService>();
        services.AddHostedService(provider => provider.GetRequiredService<WorkerService>());
    }
}
