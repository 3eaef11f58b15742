using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Sandbox.Tasks.Local;
using OnlineCompiler.ExecutionService.Sandbox.Tasks.Wire;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks;

/// <summary>What <c>Sandbox:Backend=Tasks</c> adds to the service.</summary>
internal static class TaskSandboxExtensions
{
    public static TBuilder AddTaskSandbox<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        var services = builder.Services;
        services.AddOptions<TaskOptions>().BindConfiguration(TaskOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TaskOptions>, TaskOptionsValidator>();
        services.AddSingleton<WorkerTokens>();
        services.AddSingleton<WorkerPool>();
        services.AddSingleton<WorkerTelemetry>();
        services.AddSingleton<ISandbox, TaskSandbox>();
        services.AddSingleton<LocalWorkerStart>();
        services.AddSingleton<LocalWorkers>();
        services.AddHostedService(provider => provider.GetRequiredService<LocalWorkers>());
        services.AddGrpc().AddServiceOptions<WorkersGrpcService>(options => options.MaxReceiveMessageSize = WorkerProtocol.MaxWorkerMessageBytes);

        // A machine that vanishes says no goodbye.
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(10);
            kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(10);
        });
        return builder;
    }

    /// <summary>Opens the door for workers, where there are any.</summary>
    public static WebApplication MapWorkers(this WebApplication app)
    {
        if (app.Services.GetService<WorkerPool>() is not null)
            app.MapGrpcService<WorkersGrpcService>();
        return app;
    }
}
