using Grpc.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Readiness;

/// <summary>Runs a real program, all the way into the sandbox, and remembers the answer for a while.</summary>
internal sealed class TrialRunCheck(ExecutionClient client, IOptions<ReadinessOptions> options, TimeProvider clock) : IHealthCheck, IDisposable
{
    public const string Name = "trial run";
    private readonly SemaphoreSlim _one = new(1);
    private (HealthCheckResult Result, DateTimeOffset Until) _last;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (clock.GetUtcNow() < _last.Until)
                return _last.Result;

            var failure = await TryAsync(cancellationToken);
            var result = failure is null ? HealthCheckResult.Healthy() : new HealthCheckResult(context.Registration.FailureStatus, failure);
            _last = (result, clock.GetUtcNow().AddSeconds(options.Value.TrialCacheSeconds));
            return result;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    // Null when all is well.
    private async Task<string?> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            var languages = await client.ListLanguagesAsync(new ListLanguagesRequest(), cancellationToken: cancellationToken);
            if (TrialProgram.Choose(languages.Languages) is not { } program)
                return "No language is installed.";

            var response = await client.ExecuteAsync(program.Request, cancellationToken: cancellationToken);
            return program.IsAnswered(response) ? null : $"A trial run of {program.Request.Language} ended as {response.Outcome}, not as it should.";
        }
        catch (RpcException exception)
        {
            // The service's own words may be seen; a transport's name hosts and ports.
            return $"A trial run was refused: {(exception.GetRpcStatus() is null ? exception.StatusCode : exception.Status.Detail)}";
        }
    }
}
