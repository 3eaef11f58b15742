namespace OnlineCompiler.Web.StaticFiles;

/// <summary>Headers that tell the browser what this page never does.</summary>
internal static class SecurityHeaders
{
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = PageHeaders.ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        foreach (var (name, value) in PageHeaders.Further)
            headers[name] = value;
        return next(context);
    });
}
