using System.Net;
using OnlineCompiler.ServiceDefaults;

namespace OnlineCompiler.Gateway.Callbacks;

internal static class CallbacksExtensions
{
    public static void AddCallbacks(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<CallbackOptions>()
            .BindConfiguration(CallbackOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddGrpcServiceClient<CallbacksClient>("execution");
        services.AddSingleton<CallbackTargets>();
        services.AddSingleton<ResolveHost>(Dns.GetHostAddressesAsync);
        services.AddSingleton<GuardedConnection>();
        services.AddSingleton<CallbackSender>();
        services.AddSingleton<CallbackHosts>();
        services.AddSingleton<CallbackTelemetry>();
        services.AddSingleton<ICallbackFormat, NativeFormat>();
        services.AddSingleton<CallbackAttempt>();
        services.AddHostedService<CallbackCourier>();
    }
}
