using Microsoft.Net.Http.Headers;

namespace OnlineCompiler.Gateway.Security;

/// <summary>Headers of the answers that are the Gateway's own. Pages of the web come with the web host's, which are left alone.</summary>
internal static class SecurityHeaders
{
    public const string DocsPath = "/docs";
    private static readonly PathString[] ApiPaths = ["/api", "/openapi", "/health", "/mcp", "/judge0"];

    // Answers hold what programs print; no browser may take one for a page, a script or a style.
    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";

    // The API pages bring their script and styles along, styles inline; nothing may come from another host.
    private const string DocsPolicy =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
        "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        var policy = PolicyFor(context.Request.Path);
        if (policy is not null)
            context.Response.OnStarting(() => SetAsync(context.Response.Headers, policy));
        return next(context);
    });

    // As routes do: in any case.
    private static string? PolicyFor(PathString path)
    {
        if (path.StartsWithSegments(DocsPath, StringComparison.OrdinalIgnoreCase))
            return DocsPolicy;
        return Array.Exists(ApiPaths, api => path.StartsWithSegments(api, StringComparison.OrdinalIgnoreCase)) ? ApiPolicy : null;
    }

    private static Task SetAsync(IHeaderDictionary headers, string policy)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = policy;
        headers[HeaderNames.XFrameOptions] = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        if (policy == ApiPolicy && headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
