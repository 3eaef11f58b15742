namespace OnlineCompiler.Web.StaticFiles;

/// <summary>Headers that tell the browser what this page never does.</summary>
internal static class SecurityHeaders
{
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        // Before the path becomes that of a file.
        var path = context.Request.Path;
        var isEmbedded = PageHeaders.IsEmbedded(path);
        headers.ContentSecurityPolicy = path == PageHeaders.FramePath ? PageHeaders.FrameContentSecurityPolicy
            : isEmbedded ? PageHeaders.EmbeddedContentSecurityPolicy
            : PageHeaders.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        foreach (var (name, value) in PageHeaders.Further)
            headers[name] = value;
        if (isEmbedded || path == PageHeaders.EmbedScript)
            headers[PageHeaders.ResourcePolicy] = PageHeaders.ForEverybody;
        return next(context);
    });
}
