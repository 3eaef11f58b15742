namespace OnlineCompiler.AiService.Models;

/// <summary>
/// Turns a provider's refusal into a <see cref="ModelFailureException"/> on the wire, the same for every provider's SDK;
/// the body, which may repeat the prompt, is never read.
/// </summary>
internal sealed class ProviderStatusHandler(TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
            return response;

        using (response)
            throw ModelFailureException.FromStatus(response.StatusCode, ReadRetryDelay(response));
    }

    private TimeSpan? ReadRetryDelay(HttpResponseMessage response)
    {
        var after = response.Headers.RetryAfter;
        var delay = after?.Delta ?? after?.Date - time.GetUtcNow();
        return delay > TimeSpan.Zero ? delay : null;
    }
}
