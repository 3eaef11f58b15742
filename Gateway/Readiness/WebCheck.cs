using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OnlineCompiler.Gateway.Readiness;

/// <summary>Asks whether the web host answers.</summary>
internal sealed class WebCheck(IHttpClientFactory clients) : IHealthCheck
{
    public const string Name = "web";
    private static readonly Uri LivePath = new("/health/live", UriKind.Relative);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            using var client = clients.CreateClient(Name);
            using var answer = await client.GetAsync(LivePath, cancellationToken);
            return answer.IsSuccessStatusCode
                ? HealthCheckResult.Healthy()
                : new HealthCheckResult(context.Registration.FailureStatus, $"The web answers {(int)answer.StatusCode}.");
        }
        catch (HttpRequestException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, $"The web does not answer: {exception.HttpRequestError}.");
        }
    }
}
