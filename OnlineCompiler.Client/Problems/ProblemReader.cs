using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace OnlineCompiler.Client;

/// <summary>Makes a problem of any answer that is not a success, whoever gave it: the service, or something in front of it.</summary>
internal static class ProblemReader
{
    private const string MediaType = "application/problem+json";

    public static async Task ThrowIfProblemAsync(this HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return;

        var problem = await ReadAsync(response.Content, cancellationToken)
            ?? FromStatus(response.StatusCode, response.Headers.RetryAfter);
        throw new OnlineCompilerException(problem with { Status = (int)response.StatusCode });
    }

    /// <summary>What can be said without a body.</summary>
    public static Problem FromStatus(HttpStatusCode status, RetryConditionHeaderValue? retryAfter) => new()
    {
        Status = (int)status,
        Title = string.Create(CultureInfo.InvariantCulture, $"The server answered with status {(int)status} ({status})."),
        RetryDelay = retryAfter?.Delta,
    };

    private static async Task<Problem?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentType?.MediaType is not MediaType)
            return null;
        try
        {
            return (await content.ReadFromJsonAsync(ClientJson.Api.ProblemBody, cancellationToken))?.ToProblem();
        }
        catch (JsonException)
        {
            // The status says enough.
            return null;
        }
    }
}
