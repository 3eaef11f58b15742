using System.Diagnostics;

namespace OnlineCompiler.Gateway.Security;

/// <summary>
/// Puts the trace into the <c>traceresponse</c> header of every answer, in the form of W3C's <c>traceparent</c>
/// (<c>00-trace id-span id-flags</c>), so that a person can name the request that went wrong.
/// </summary>
internal static class TraceResponse
{
    public const string HeaderName = "traceresponse";

    public static void UseTraceResponse(this WebApplication app) => app.Use((context, next) =>
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id })
            context.Response.OnStarting(() =>
            {
                context.Response.Headers[HeaderName] = id;
                return Task.CompletedTask;
            });
        return next(context);
    });
}
