using Grpc.Health.V1;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OnlineCompiler.Gateway.Routing;
using OnlineCompiler.ServiceDefaults;

namespace OnlineCompiler.Gateway.Readiness;

/// <summary>
/// Ready means that programs run and the page is there. Without sessions or the AI the rest still works, so losing them is
/// "degraded": named, but no reason to take runs away from everybody (an AI without a key is as it should be).
/// </summary>
internal static class ReadinessExtensions
{
    public static void AddReadiness(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ReadinessOptions>()
            .BindConfiguration(ReadinessOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        builder.AddServiceCheck("execution", HealthStatus.Unhealthy);
        builder.AddServiceCheck("session", HealthStatus.Degraded);
        builder.AddServiceCheck("ai", HealthStatus.Degraded);

        builder.Services.AddSingleton<TrialRunCheck>();
        builder.Services.AddHealthChecks().AddCheck<TrialRunCheck>(TrialRunCheck.Name);

        builder.Services.AddSingleton<WarmUp>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<WarmUp>());
        builder.Services.AddHttpClient(WarmUp.Name);
        builder.Services.AddHealthChecks().AddCheck<WarmUp>(WarmUp.Name);

        if (builder.Configuration.GetValue($"{ProxyOptions.Section}:{nameof(ProxyOptions.ServesPage)}", defaultValue: true))
        {
            builder.Services.AddHttpClient(WebCheck.Name, web => web.BaseAddress = new Uri("http://web"));
            builder.Services.AddHealthChecks().AddCheck<WebCheck>(WebCheck.Name);
        }

        builder.Services.AddOptions<HealthCheckServiceOptions>().PostConfigure((HealthCheckServiceOptions checks, IOptions<ReadinessOptions> options) =>
        {
            foreach (var check in checks.Registrations)
                check.Timeout = TimeSpan.FromSeconds(options.Value.TimeoutSeconds);
        });
    }

    private static void AddServiceCheck(this WebApplicationBuilder builder, string service, HealthStatus failureStatus)
    {
        builder.Services.AddGrpcServiceClient<Health.HealthClient>(service, service);
        builder.Services.AddHealthChecks().AddCheck<GrpcServiceCheck>(service, failureStatus);
    }
}
