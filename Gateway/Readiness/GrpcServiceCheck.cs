using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.ClientFactory;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OnlineCompiler.Gateway.Readiness;

/// <summary>Asks a service how it is, over the connection that calls take: <c>grpc.health.v1.Health</c>.</summary>
internal sealed class GrpcServiceCheck(GrpcClientFactory clients) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var service = context.Registration.Name;
        try
        {
            var client = clients.CreateClient<Health.HealthClient>(service);
            var answer = await client.CheckAsync(new HealthCheckRequest(), cancellationToken: cancellationToken);
            return answer.Status is HealthCheckResponse.Types.ServingStatus.Serving
                ? HealthCheckResult.Healthy()
                : new HealthCheckResult(context.Registration.FailureStatus, $"{service} says that it is not serving.");
        }
        catch (RpcException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, $"{service} does not answer: {exception.StatusCode}.");
        }
    }
}
