using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace OnlineCompiler.Gateway.Security;

internal static class SecurityExtensions
{
    public static void AddSecurity(this WebApplicationBuilder builder)
    {
        // What we are made of is of use to attackers alone.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.AddTrustedProxies();
        builder.AddRateLimits();

        builder.Services.AddOptions<CorsSettings>()
            .BindConfiguration(CorsSettings.Section)
            .Validate(settings => settings.IsValid(), $"{CorsSettings.Section}:Origins must hold origins such as \"https://example.org\", without a path.")
            .ValidateOnStart();
        builder.Services.AddCors();
        builder.Services.AddOptions<CorsOptions>().Configure((CorsOptions cors, IOptions<CorsSettings> settings) =>
            cors.AddDefaultPolicy(policy => policy
                .WithOrigins(settings.Value.Origins)
                .WithMethods(HttpMethods.Get, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete)
                .WithHeaders(HeaderNames.ContentType, HeaderNames.IfMatch, HeaderNames.IfNoneMatch, HeaderNames.TraceParent, "Prefer", "Idempotency-Key", "x-grpc-web", "x-user-agent", "grpc-timeout")
                .WithExposedHeaders(HeaderNames.ETag, HeaderNames.Location, HeaderNames.RetryAfter, HeaderNames.GrpcStatus, HeaderNames.GrpcMessage, TraceResponse.HeaderName, RateLimitHeaders.Policy, RateLimitHeaders.Limit, "Preference-Applied")
                .AllowCredentials()));
    }

    public static void UseSecurity(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseCors();
        app.UseRateLimitHeaders();
        app.UseRateLimiter();
    }
}
