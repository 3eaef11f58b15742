using System.Net;
using Aspire.Hosting.ApplicationModel;

namespace OnlineCompiler.AppHost.Standalone.Health;

/// <summary>Healthy is what answers with the expected status; else its answer says what is wrong.</summary>
internal sealed class HttpProbe(EndpointReference endpoint, string path, int healthyStatus) : IHealthProbe
{
    private const int MaxAnswerCharacters = 400;

    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(15) };

    public async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Client.GetAsync(new Uri(new Uri(endpoint.Url), path), cancellationToken);
            if (response.StatusCode == (HttpStatusCode)healthyStatus)
                return null;

            var answer = await response.Content.ReadAsStringAsync(cancellationToken);
            return $"{path} answered {(int)response.StatusCode}: {(answer.Length <= MaxAnswerCharacters ? answer : answer[..MaxAnswerCharacters] + "…")}";
        }
        catch (HttpRequestException)
        {
            return $"{path} does not answer yet.";
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{path} took longer than {Client.Timeout.TotalSeconds:0} s.";
        }
    }
}
