using Grpc.Reflection;
using OnlineCompiler.Ai.V1;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Security.Limits;
using HealthDescriptor = Grpc.Health.V1.Health;
using OnlineExecution = OnlineCompiler.Execution.V1.Execution;

namespace OnlineCompiler.Gateway.Routing;

/// <summary>
/// What gRPC's tools ask of a server: which services there are (reflection, of both versions) and how they are (health). It is
/// answered here, for what is passed through and nothing else: what is behind the Gateway is nobody's business.
/// </summary>
internal static class PublicServices
{
    private const string CorsPolicy = "Default";

    public static void AddPublicServices(this WebApplicationBuilder builder)
    {
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(new ReflectionServiceImpl(OnlineExecution.Descriptor, Assistant.Descriptor, HealthDescriptor.Descriptor));
        builder.Services.AddSingleton(new ReflectionV1ServiceImpl(OnlineExecution.Descriptor, Assistant.Descriptor, HealthDescriptor.Descriptor));
    }

    public static void MapPublicServices(this WebApplication app)
    {
        Guard(app.MapGrpcService<ReflectionServiceImpl>());
        Guard(app.MapGrpcService<ReflectionV1ServiceImpl>());
        Guard(app.MapGrpcService<GatewayHealth>());
    }

    // As reading the languages is: for everybody, but not without end.
    private static void Guard(GrpcServiceEndpointConventionBuilder service) =>
        service.RequireRateLimiting(RateLimits.Requests).RequireScope(null).RequireCors(CorsPolicy);
}
