using System.Text;
using Grpc.Core;
using Microsoft.Net.Http.Headers;
using OnlineCompiler.Gateway.Api.Languages;
using OnlineCompiler.Gateway.Routing;
using OnlineCompiler.Gateway.Security.Limits;
using OnlineCompiler.Session.V1;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace OnlineCompiler.Gateway.Previews;

/// <summary>
/// The address of a shared program answers with the page, as every address of the page does, and tells who does not run scripts what
/// it will show: chats and networks make their previews of that.
/// </summary>
internal static class SharedPage
{
    private const string RouteId = "shared program";
    private const string Id = "id";

    /// <summary>A visitor waits for it, and can do without.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static RouteConfig Route { get; } = new()
    {
        RouteId = RouteId,
        ClusterId = ProxyRoutes.Web,
        Match = new RouteMatch { Path = $"/s/{{{Id}}}", Methods = [HttpMethods.Get] },
        // It reads from storage, as the API's reading of it does, which the page would do next.
        RateLimiterPolicy = RateLimits.Requests,
    };

    public static IReverseProxyBuilder AddSharedPage(this IReverseProxyBuilder proxy)
    {
        proxy.Services.AddSingleton(services => new FreshLanguages<LanguageName>(
            services.GetRequiredService<ExecutionClient>(), services.GetRequiredService<TimeProvider>(), LanguageName.Of));
        return proxy.AddTransforms(Transform);
    }

    private static void Transform(TransformBuilderContext transforms)
    {
        if (transforms.Route.RouteId != RouteId)
            return;
        transforms.AddRequestTransform(request =>
        {
            // Nothing can be put into a compressed page, nor into one that is not sent because it is unchanged.
            request.ProxyRequest.Headers.AcceptEncoding.Clear();
            request.ProxyRequest.Headers.IfNoneMatch.Clear();
            request.ProxyRequest.Headers.IfModifiedSince = null;
            request.ProxyRequest.Headers.Range = null;
            return ValueTask.CompletedTask;
        });
        transforms.AddResponseTransform(DescribeAsync);
    }

    private static async ValueTask DescribeAsync(ResponseTransformContext answer)
    {
        var context = answer.HttpContext;
        if (answer.ProxyResponse is not { IsSuccessStatusCode: true } page || page.Content.Headers.ContentType?.MediaType is not "text/html" ||
            await FindAsync(context) is not { } preview)
            return;

        var text = await page.Content.ReadAsStringAsync(context.RequestAborted);
        var whole = Encoding.UTF8.GetBytes(text.Replace("</head>", $"{preview.ToHtml()}</head>", StringComparison.Ordinal));
        answer.SuppressResponseBody = true;
        // They are of the page without.
        context.Response.Headers.Remove(HeaderNames.ETag);
        context.Response.Headers.Remove(HeaderNames.LastModified);
        context.Response.Headers.Remove(HeaderNames.AcceptRanges);
        context.Response.ContentLength = whole.Length;
        await context.Response.Body.WriteAsync(whole, context.RequestAborted);
    }

    /// <summary>Null where there is no such program, or nobody can tell: the page then says so itself.</summary>
    private static async Task<Preview?> FindAsync(HttpContext context)
    {
        var services = context.RequestServices;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(Patience);
        try
        {
            var snapshot = await services.GetRequiredService<SessionsClient>().GetSnapshotAsync(
                new GetSnapshotRequest { Id = (string)context.Request.RouteValues[Id]! }, cancellationToken: patience.Token);
            var languages = await services.GetRequiredService<FreshLanguages<LanguageName>>().ListAsync(patience.Token);
            var language = languages.FirstOrDefault(known => known.Id == snapshot.Content.Language)?.Name ?? snapshot.Content.Language;
            return Preview.Of(snapshot.Content, language);
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
    }

    private sealed record LanguageName(string Id, string Name)
    {
        public static IEnumerable<LanguageName> Of(IEnumerable<Execution.V1.Language> languages) =>
            languages.Select(language => new LanguageName(language.Id, language.Name));
    }
}
