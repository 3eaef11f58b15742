using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OnlineCompiler.ExecutionService.Submissions;

/// <summary>Whether submissions can be made now.</summary>
internal sealed class SubmissionHealthCheck(SubmissionRedis redis) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await redis.CallAsync(database => database.PingAsync(), cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (SubmissionsUnavailableException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception.Message, exception);
        }
    }
}
