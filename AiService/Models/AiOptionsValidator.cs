using Microsoft.Extensions.Options;

namespace OnlineCompiler.AiService.Models;

/// <summary>
/// Nothing set is fine, and so is a checked-in provider and model whose key is still to come from the environment.
/// Anything else that is half set is a mistake to hear of at the start.
/// </summary>
internal sealed class AiOptionsValidator : IValidateOptions<AiOptions>
{
    public ValidateOptionsResult Validate(string? name, AiOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        Check(IsBlank(options.Provider) || options.IsProvider(AiOptions.OpenAi) || options.IsProvider(AiOptions.Anthropic),
            nameof(options.Provider), $"\"{AiOptions.OpenAi}\" or \"{AiOptions.Anthropic}\"");
        Check(IsBlank(options.Endpoint) || IsHttp(options.Endpoint), nameof(options.Endpoint), "an absolute http or https address");
        Check(options.MaxOutputTokens is >= AiOptions.MinOutputTokens and <= AiOptions.LargestOutputTokens,
            nameof(options.MaxOutputTokens), $"from {AiOptions.MinOutputTokens} to {AiOptions.LargestOutputTokens}");
        Check(IsInRange(options.Timeout), nameof(options.Timeout), $"from {AiOptions.MinTimeout} to {AiOptions.MaxTimeout}");
        Check(IsInRange(options.ProofTimeout), nameof(options.ProofTimeout), $"from {AiOptions.MinTimeout} to {AiOptions.MaxTimeout}");

        var used = !IsBlank(options.ApiKey) || !IsBlank(options.Endpoint);
        Check(!used || !IsBlank(options.Provider), nameof(options.Provider), "set, as Ai:ApiKey or Ai:Endpoint is");
        Check(!used || !IsBlank(options.Model), nameof(options.Model), "set, as Ai:ApiKey or Ai:Endpoint is");
        return failures.Build();

        void Check(bool valid, string setting, string accepted)
        {
            if (!valid)
                failures.AddError($"{AiOptions.KeyOf(setting)} must be {accepted}.");
        }
    }

    private static bool IsBlank(string? value) => string.IsNullOrWhiteSpace(value);

    private static bool IsHttp(string? endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https");

    private static bool IsInRange(TimeSpan value) => value >= AiOptions.MinTimeout && value <= AiOptions.MaxTimeout;
}
