using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OnlineCompiler.SessionService.Sessions;

namespace OnlineCompiler.SessionService.Storage.DynamoDb;

/// <summary>Healthy when the table answers a reading: it is there, and we may use it and its key.</summary>
internal sealed class DynamoDbHealthCheck(TableCalls table, IOptions<SessionStoreOptions> options) : IHealthCheck
{
    /// <summary>No item's key.</summary>
    private const string Probe = "health";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await table.GetAsync(Probe, cancellationToken);
            return HealthCheckResult.Healthy($"The table {options.Value.Table} answers.");
        }
        catch (SessionStoreUnavailableException exception)
        {
            return new HealthCheckResult(
                context.Registration.FailureStatus, $"The table {options.Value.Table} does not answer: {exception.InnerException?.Message}", exception);
        }
    }
}
