using Microsoft.Extensions.Options;

namespace OnlineCompiler.Gateway.Security.Callers;

internal static class CallerExtensions
{
    public static void AddCallers(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<AnonymousOptions>()
            .Configure((AnonymousOptions options, IConfiguration configuration) => options.Scopes = configuration[AnonymousOptions.Key] ?? options.Scopes)
            .Validate(
                options => Scopes.TryParse(options.Scopes, out _),
                $"{AnonymousOptions.Key} must be some of {string.Join(", ", Scopes.All)}, or {Scopes.None}.")
            .ValidateOnStart();
        builder.Services.AddSingleton<CallerRecognition>();
    }

    public static void UseCallers(this WebApplication app)
    {
        var recognition = app.Services.GetRequiredService<CallerRecognition>();
        app.Use(recognition.InvokeAsync);
    }
}
