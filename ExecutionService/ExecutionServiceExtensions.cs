using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Compilation;
using OnlineCompiler.ExecutionService.Draining;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Executions.Resuming;
using OnlineCompiler.ExecutionService.Grpc;
using OnlineCompiler.ExecutionService.Judging;
using OnlineCompiler.ExecutionService.Languages;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Namespaces;
using OnlineCompiler.ExecutionService.Sandbox.Prepared;
using OnlineCompiler.ExecutionService.Sandbox.Processes;
using OnlineCompiler.ExecutionService.Sandbox.SelfTest;
using OnlineCompiler.ExecutionService.Sandbox.Tasks;
using OnlineCompiler.ExecutionService.Submissions;
using OnlineCompiler.ServiceDefaults;

namespace OnlineCompiler.ExecutionService;

/// <summary>One method for each room of the house, lowest first.</summary>
internal static class ExecutionServiceExtensions
{
    private static readonly TimeSpan _afterDrain = TimeSpan.FromSeconds(5);

    public static TBuilder AddSandbox<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        var services = builder.Services;
        services.AddOptions<SandboxOptions>().BindConfiguration(SandboxOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SandboxOptions>, SandboxOptionsValidator>();
        services.AddSingleton(provider => new PackLocation(Path.GetFullPath(
            provider.GetRequiredService<IOptions<ExecutionOptions>>().Value.PacksDirectory,
            provider.GetRequiredService<IHostEnvironment>().ContentRootPath)));
        services.AddSingleton<Backlog>();
        services.AddSingleton<PreparedTelemetry>();
        services.AddHealthChecks().AddCheck<SandboxHealthCheck>("sandbox");
        var backend = builder.Configuration.GetValue($"{SandboxOptions.Section}:{nameof(SandboxOptions.Backend)}", SandboxBackend.Namespaces);
        return backend switch
        {
            SandboxBackend.Namespaces => builder.AddBackend<TBuilder, NamespaceSandbox>(),
            SandboxBackend.Process => builder.AddBackend<TBuilder, ProcessSandbox>(),
            SandboxBackend.Tasks => builder.AddTaskSandbox(),
            _ => throw new InvalidOperationException($"Sandbox:Backend must be Namespaces, Process or Tasks, not {backend}."),
        };
    }

    public static IServiceCollection AddLanguages(this IServiceCollection services)
    {
        services.AddSingleton<InstalledFolders>();
        services.AddSingleton<ToolchainProbe>();
        services.AddSingleton<LanguageCatalog>();
        services.AddOptions<LanguageOptions>().BindConfiguration(LanguageOptions.Section);
        services.AddHostedService<ToolchainWarmUp>();
        return services;
    }

    public static IServiceCollection AddCompilation(this IServiceCollection services)
    {
        services.AddOptions<CompilationOptions>().BindConfiguration(CompilationOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CompilationOptions>, CompilationOptionsValidator>();
        services.AddSingleton<CompilationTelemetry>();
        services.AddSingleton<ToolchainIdentities>();
        services.AddSingleton<KeptCompilations>();
        services.AddSingleton<CompileCache>();
        return services;
    }

    public static IServiceCollection AddExecutions(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddOptions<ExecutionOptions>().BindConfiguration(ExecutionOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ExecutionOptions>, ExecutionOptionsValidator>();
        services.AddOptions<LimitsOptions>().BindConfiguration(LimitsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LimitsOptions>, LimitsOptionsValidator>();
        services.AddSingleton<ExecutionTelemetry>();
        services.AddSingleton<ExecutionQueues>();
        services.AddSingleton<StageRunner>();
        services.AddSingleton<ExecutionRunner>();
        services.AddHostedService<Foresight>();
        services.AddOptions<ResumeOptions>().BindConfiguration(ResumeOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ResumeOptions>, ResumeOptionsValidator>();
        services.AddSingleton<HeldRuns>();
        return services;
    }

    public static IServiceCollection AddDrain(this IServiceCollection services)
    {
        services.AddSingleton<Drain>();
        services.AddHostedService(provider => provider.GetRequiredService<Drain>());
        services.AddHealthChecks().AddCheck<DrainHealthCheck>("drain");
        // Stopping takes the drain and a little more.
        services.AddOptions<HostOptions>().PostConfigure<IOptions<ExecutionOptions>>((host, execution) =>
        {
            var needed = execution.Value.DrainTimeout + _afterDrain;
            host.ShutdownTimeout = host.ShutdownTimeout > needed ? host.ShutdownTimeout : needed;
        });
        return services;
    }

    public static IServiceCollection AddJudging(this IServiceCollection services)
    {
        services.AddSingleton<JudgingTelemetry>();
        services.AddSingleton<ProgramRunner>();
        services.AddSingleton<ConversationRunner>();
        services.AddSingleton<TestJudge>();
        services.AddSingleton<JudgementRunner>();
        return services;
    }

    /// <summary>Where a Redis is configured; elsewhere programs run without.</summary>
    public static WebApplicationBuilder AddSubmissions(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SubmissionOptions>().BindConfiguration(SubmissionOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SubmissionOptions>, SubmissionOptionsValidator>();
        if (string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(RedisDefaults.ConnectionName)))
            return builder;

        // A service that cannot reach Redis runs programs all the same: its own check says "degraded", not "do not use".
        builder.AddRedisClient(RedisDefaults.ConnectionName, settings => settings.DisableHealthChecks = true, options => RedisDefaults.FailSoon(options, SubmissionRedis.CallTimeout));
        services.AddHealthChecks().AddCheck<SubmissionHealthCheck>("submissions", HealthStatus.Degraded);
        services.AddSingleton<SubmissionRedis>();
        services.AddSingleton<SubmissionTelemetry>();
        services.AddSingleton<SubmissionStore>();
        services.AddSingleton<SubmissionChanges>();
        services.AddSingleton<CallbackStore>();
        // In this order: the worker stops first.
        services.AddHostedService(provider => provider.GetRequiredService<SubmissionChanges>());
        services.AddHostedService<SubmissionWorker>();
        return builder;
    }

    public static WebApplicationBuilder AddExecutionGrpc(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RequestValidator>();
        builder.Services.AddSingleton<RequestMapper>();
        builder.Services.AddSingleton<AttachCalls>();
        builder.Services.AddSingleton<JudgeRequestValidator>();
        builder.Services.AddSingleton<JudgeRequestMapper>();
        builder.Services.AddSingleton<SubmissionCalls>();
        builder.Services.AddSingleton<SubmittedRuns>();
        builder.Services.AddSingleton<RunSubmission>(provider => provider.GetRequiredService<SubmittedRuns>().RunAsync);
        builder.Services.AddGrpc(options => options.Interceptors.Add<ErrorInterceptor>());
        return builder;
    }

    private static TBuilder AddBackend<TBuilder, TSandbox>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
        where TSandbox : class, ISandbox, IHostedService
    {
        builder.Services.AddSingleton<TSandbox>();
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ProvenSandbox>(provider, provider.GetRequiredService<TSandbox>()));
        builder.Services.AddSingleton<ISandbox>(provider => provider.GetRequiredService<ProvenSandbox>());
        // In this order: what was made is tested then.
        builder.Services.AddHostedService(provider => provider.GetRequiredService<TSandbox>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ProvenSandbox>());
        return builder;
    }
}

/// <summary>Healthy when sandboxes can be built as promised, degraded when weaker ones were accepted; else says what is missing.</summary>
internal sealed class SandboxHealthCheck(ISandbox sandbox) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(sandbox.Readiness switch
        {
            { IsReady: false, Problems: var problems } => HealthCheckResult.Unhealthy(string.Join(' ', problems)),
            { Weaknesses: { Count: > 0 } weaknesses } => HealthCheckResult.Degraded(string.Join(' ', weaknesses)),
            _ => HealthCheckResult.Healthy(),
        });
}
