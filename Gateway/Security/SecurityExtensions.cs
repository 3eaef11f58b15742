using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using OnlineCompiler.Gateway.Api.Sessions;
using OnlineCompiler.Gateway.Security.Callers;
using OnlineCompiler.Gateway.Security.Keys;
using OnlineCompiler.Gateway.Security.Limits;
using OnlineCompiler.Gateway.Security.Tokens;

namespace OnlineCompiler.Gateway.Security;

internal static class SecurityExtensions
{
    private static readonly TimeSpan HstsMaxAge = TimeSpan.FromDays(365);

    public static void AddSecurity(this WebApplicationBuilder builder)
    {
        // What we are made of is of use to attackers alone.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.AddTrustedProxies();
        builder.AddConnectionLimits();
        builder.AddCallers();
        builder.AddApiKeys();
        builder.AddBearerTokens();
        builder.AddRateLimits();

        builder.Services.AddOptions<CorsSettings>()
            .BindConfiguration(CorsSettings.Section)
            .Validate(settings => settings.IsValid(), $"{CorsSettings.Section}:Origins must hold origins such as \"https://example.org\", without a path.")
            .ValidateOnStart();
        builder.Services.AddHsts(hsts => hsts.MaxAge = HstsMaxAge);
        builder.Services.AddCors();
        builder.Services.AddOptions<CorsOptions>().Configure((CorsOptions cors, IOptions<CorsSettings> settings) =>
            cors.AddDefaultPolicy(policy => policy
                .WithOrigins(settings.Value.Origins)
                .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete)
                .WithHeaders(HeaderNames.ContentType, HeaderNames.IfMatch, HeaderNames.IfNoneMatch, HeaderNames.TraceParent, HeaderNames.Authorization, Credential.KeyHeader, "Prefer", "Idempotency-Key", DeleteToken.HeaderName, "x-grpc-web", "x-user-agent", "grpc-timeout")
                .WithExposedHeaders(HeaderNames.ETag, HeaderNames.Location, HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate, HeaderNames.GrpcStatus, HeaderNames.GrpcMessage, TraceResponse.HeaderName, RateLimitHeaders.Policy, RateLimitHeaders.Limit, "Preference-Applied")
                .AllowCredentials()));
    }

    public static void UseSecurity(this WebApplication app)
    {
        // Only to who came by https, as a trusted proxy says.
        app.UseHsts();
        app.UseSecurityHeaders();
        app.UseCors();
        app.UseCallers();
        app.UseRateLimitHeaders();
        app.UseRateLimiter();
        app.UseFreshRefusals();
    }
}
