using System.Net;

namespace OnlineCompiler.AiService.Models;

internal enum ModelFailure
{
    /// <summary>Settings are missing; see <see cref="ModelFailureException.Settings"/>.</summary>
    NotConfigured,

    /// <summary>The provider refuses what is configured; see <see cref="ModelFailureException.Settings"/>.</summary>
    Refused,

    /// <summary>The provider limits us; see <see cref="ModelFailureException.RetryDelay"/>.</summary>
    RateLimited,

    /// <summary>No answer, a broken one, or none in time.</summary>
    Unavailable,
}

/// <summary>
/// Why the model did not answer. It holds our own words alone: what a provider says of a failure may repeat the prompt,
/// or a part of the key.
/// </summary>
internal sealed class ModelFailureException(ModelFailure failure, string message) : Exception(message)
{
    private static readonly TimeSpan UsualRetryDelay = TimeSpan.FromSeconds(10);

    public ModelFailure Failure { get; } = failure;

    /// <summary>Configuration keys to look at.</summary>
    public IReadOnlyList<string> Settings { get; private init; } = [];

    public TimeSpan RetryDelay { get; private init; } = UsualRetryDelay;

    public static ModelFailureException NotConfigured(IReadOnlyList<string> missing)
    {
        var names = missing.Select(key => $"{key} (environment variable {key.Replace(":", "__", StringComparison.Ordinal)})");
        return new(ModelFailure.NotConfigured, $"No chat model is configured: set {string.Join(", ", names)}.") { Settings = missing };
    }

    public static ModelFailureException FromStatus(HttpStatusCode status, TimeSpan? retryDelay) => (int)status switch
    {
        401 or 403 => Refuse($"The model's provider refuses the key ({(int)status}): check", nameof(AiOptions.ApiKey)),
        404 => Refuse("The model's provider knows no such model or address (404): check", nameof(AiOptions.Model), nameof(AiOptions.Endpoint)),
        429 => new(ModelFailure.RateLimited, "The model's provider limits how often it is asked.") { RetryDelay = retryDelay ?? UsualRetryDelay },
        408 or >= 500 => new(ModelFailure.Unavailable, $"The model's provider failed ({(int)status})."),
        _ => Refuse($"The model's provider refuses the request ({(int)status}): check", nameof(AiOptions.Model), nameof(AiOptions.MaxOutputTokens)),
    };

    private static ModelFailureException Refuse(string message, params string[] settings)
    {
        var keys = settings.Select(AiOptions.KeyOf).ToList();
        return new(ModelFailure.Refused, $"{message} {string.Join(" and ", keys)}.") { Settings = keys };
    }
}
