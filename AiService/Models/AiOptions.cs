namespace OnlineCompiler.AiService.Models;

/// <summary>
/// Section <c>Ai</c>: which chat model answers. With nothing set the service runs, and its calls say what to set.
/// As environment variables: <c>Ai__Provider</c>, <c>Ai__Model</c>, <c>Ai__ApiKey</c> and so on.
/// </summary>
internal sealed class AiOptions
{
    public const string Section = "Ai";
    public const string OpenAi = "openai";
    public const string Anthropic = "anthropic";

    public static readonly TimeSpan MinTimeout = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan MaxTimeout = TimeSpan.FromMinutes(10);
    public const int MinOutputTokens = 256;
    public const int LargestOutputTokens = 65_536;

    /// <summary>The protocol to speak: <c>openai</c> (OpenAI, or anything compatible at <see cref="Endpoint"/>) or <c>anthropic</c>.</summary>
    public string? Provider { get; set; }

    /// <summary>Base address, http or https; default: the provider's own, <c>https://api.openai.com/v1</c> or <c>https://api.anthropic.com</c>.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The model, by the name that the provider gives it.</summary>
    public string? Model { get; set; }

    /// <summary>The provider's key; a secret, so from the environment or a secret store. Not needed for an OpenAI-compatible <see cref="Endpoint"/> of one's own.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Most tokens of one answer, corrected files included; 256 to 65 536, default 8 192.</summary>
    public int MaxOutputTokens { get; set; } = 8_192;

    /// <summary>Most time for one answer, from asking to its last token; 1 s to 10 min, default 2 min.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Most time for running a corrected program, waiting in the queue included; 1 s to 10 min, default 1 min.</summary>
    public TimeSpan ProofTimeout { get; set; } = TimeSpan.FromMinutes(1);

    public bool IsProvider(string provider) => string.Equals(Provider, provider, StringComparison.OrdinalIgnoreCase);

    /// <summary>What is still to be set before a model can be asked, e.g. <c>Ai:ApiKey</c>; empty when nothing.</summary>
    public IReadOnlyList<string> FindMissing()
    {
        var keyless = IsProvider(OpenAi) && !string.IsNullOrWhiteSpace(Endpoint);
        var settings = new (string Name, bool Missing)[]
        {
            (nameof(Provider), string.IsNullOrWhiteSpace(Provider)),
            (nameof(Model), string.IsNullOrWhiteSpace(Model)),
            (nameof(ApiKey), string.IsNullOrWhiteSpace(ApiKey) && !keyless),
        };
        return [.. settings.Where(setting => setting.Missing).Select(setting => KeyOf(setting.Name))];
    }

    public static string KeyOf(string setting) => $"{Section}:{setting}";
}
