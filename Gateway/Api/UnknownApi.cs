using Microsoft.AspNetCore.Routing.Template;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Api;

/// <summary>
/// Answers what no route under <c>/api</c> does: 405 where another method would do, 415 where JSON would, else 404. Without it the web's
/// catch-all, which takes every method, would answer with a page.
/// </summary>
internal static class UnknownApi
{
    public static void MapUnknownApi(this IEndpointRouteBuilder app) =>
        app.Map("/api/{**path}", RefuseAsync)
            .RequireRateLimiting(RateLimits.Requests)
            .WithOrder(int.MaxValue - 1)
            .ExcludeFromDescription();

    private static Task RefuseAsync(HttpContext context, EndpointDataSource endpoints)
    {
        var path = context.Request.Path;
        var methods = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => Matches(endpoint, path))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (methods.Length == 0)
            return WriteAsync(context, ProblemKind.NotFound, $"No such path: {path}. The API is described at /openapi/v1.json.");

        // A route that takes only JSON is no match for anything else.
        if (methods.Contains(context.Request.Method))
            return WriteAsync(context, ProblemKind.UnsupportedMediaType, "Send it with Content-Type: application/json.");

        context.Response.Headers.Allow = string.Join(", ", methods);
        return WriteAsync(context, ProblemKind.MethodNotAllowed, $"Allowed: {string.Join(", ", methods)}.");
    }

    private static bool Matches(RouteEndpoint endpoint, PathString path) =>
        endpoint.RoutePattern.RawText is { } pattern
        && new TemplateMatcher(TemplateParser.Parse(pattern), []).TryMatch(path, []);

    private static Task WriteAsync(HttpContext context, ProblemKind kind, string detail) =>
        ProblemWriter.WriteAsync(context, ProblemWriter.Complete(context, kind.Problem(detail)));
}
