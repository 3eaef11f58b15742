using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OnlineCompiler.Ai.V1;
using OnlineExecution = OnlineCompiler.Execution.V1.Execution;

namespace OnlineCompiler.Gateway.Routing;

/// <summary><c>grpc.health.v1</c>: of all that readiness tells with the empty name, and of each service that is passed through.</summary>
internal sealed class GatewayHealth(HealthCheckService checks) : Health.HealthBase
{
    // Names of readiness' checks.
    private static readonly Dictionary<string, string> Services = new()
    {
        [OnlineExecution.Descriptor.FullName] = "execution",
        [Assistant.Descriptor.FullName] = "ai",
    };

    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        if (request.Service is "")
        {
            // Degraded means that programs run.
            var whole = await checks.CheckHealthAsync(context.CancellationToken);
            return Answer(whole.Status is not HealthStatus.Unhealthy);
        }
        if (!Services.TryGetValue(request.Service, out var name))
            throw new RpcException(new Status(StatusCode.NotFound, $"There is no service {request.Service}."));

        var report = await checks.CheckHealthAsync(check => check.Name == name, context.CancellationToken);
        return Answer(report.Status is HealthStatus.Healthy);
    }

    private static HealthCheckResponse Answer(bool isServing) => new()
    {
        Status = isServing ? HealthCheckResponse.Types.ServingStatus.Serving : HealthCheckResponse.Types.ServingStatus.NotServing,
    };
}
