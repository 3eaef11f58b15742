using Microsoft.Extensions.Options;

namespace OnlineCompiler.Gateway.Security.Tokens;

internal static class TokenExtensions
{
    /// <summary>What a discovery document or a set of keys may hold at most.</summary>
    private const int MaxDocumentBytes = 1024 * 1024;

    public static void AddBearerTokens(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<OidcOptions>()
            .BindConfiguration(OidcOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<OidcOptions>, OidcOptionsValidator>();
        builder.Services.AddHttpClient(Issuer.HttpClientName).ConfigureHttpClient((services, client) =>
        {
            client.Timeout = TimeSpan.FromSeconds(services.GetRequiredService<IOptions<OidcOptions>>().Value.TimeoutSeconds);
            client.MaxResponseContentBufferSize = MaxDocumentBytes;
        });
        builder.Services.AddSingleton<Issuer>();
        builder.Services.AddSingleton<BearerTokens>();
    }
}
