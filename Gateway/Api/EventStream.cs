using System.Buffers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using OnlineCompiler.Gateway.Json;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Api;

/// <summary>One server-sent event: its name, and what becomes its JSON.</summary>
internal readonly record struct ServerEvent(string Name, object Data);

/// <summary>
/// Answers with server-sent events, each sent as it happens. An error before the first is an ordinary problem response;
/// later it is the last event, <c>error</c>.
/// </summary>
internal sealed class EventStream : IResult, IStatusCodeHttpResult, IContentTypeHttpResult, IEndpointMetadataProvider
{
    private const string MediaType = "text/event-stream";
    private static readonly byte[] Heartbeat = ": still here\n\n"u8.ToArray();
    private readonly IAsyncEnumerator<ServerEvent> _events;

    private EventStream(IAsyncEnumerator<ServerEvent> events) => _events = events;

    public int? StatusCode => StatusCodes.Status200OK;

    public string? ContentType => MediaType;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [MediaType]));

    /// <summary>Waits for the first event, so that what fails before it fails as an ordinary request.</summary>
    public static async Task<EventStream> OpenAsync(IAsyncEnumerable<ServerEvent> events, CancellationToken cancellationToken)
    {
        var enumerator = events.GetAsyncEnumerator(cancellationToken);
        try
        {
            if (!await enumerator.MoveNextAsync())
                throw new ProblemException(ProblemKind.Unavailable.Problem("The service ended its answer before it began."));
            return new EventStream(enumerator);
        }
        catch
        {
            await enumerator.DisposeAsync();
            throw;
        }
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var events = _events;
        var response = httpContext.Response;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        // Proxies that buffer would hold back the output of a running program.
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        try
        {
            await WriteAllAsync(httpContext);
        }
        catch (Exception) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // The client left; disposing of the events ends the call behind them.
        }
        catch (Exception exception)
        {
            var problem = ProblemWriter.From(httpContext, exception);
            if (problem.Status >= StatusCodes.Status500InternalServerError)
                LogOf(httpContext).StreamFailed(exception, httpContext.Request.Path, problem.Status);
            await WriteAsync(httpContext, new ServerEvent("error", problem));
        }
    }

    private async Task WriteAllAsync(HttpContext context)
    {
        var heartbeat = context.RequestServices.GetRequiredService<IOptions<StreamOptions>>().Value.Heartbeat;
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        bool more;
        do
        {
            await WriteAsync(context, _events.Current);
            var next = _events.MoveNextAsync();
            more = next.IsCompleted ? await next : await WithHeartbeatsAsync(next.AsTask(), context, heartbeat, clock);
        }
        while (more);
    }

    private static async Task<bool> WithHeartbeatsAsync(Task<bool> next, HttpContext context, TimeSpan heartbeat, TimeProvider clock)
    {
        while (true)
        {
            try
            {
                return await next.WaitAsync(heartbeat, clock);
            }
            catch (TimeoutException) when (!next.IsCompleted)
            {
                await context.Response.Body.WriteAsync(Heartbeat, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
    }

    private static async Task WriteAsync(HttpContext context, ServerEvent item)
    {
        var body = context.Response.BodyWriter;
        body.Write("event: "u8);
        body.Write(Encoding.ASCII.GetBytes(item.Name));
        body.Write("\ndata: "u8);
        using (var writer = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = ApiJson.Options.Encoder }))
            JsonSerializer.Serialize(writer, item.Data, item.Data.GetType(), ApiJson.Options);
        body.Write("\n\n"u8);
        await body.FlushAsync(context.RequestAborted);
    }

    private static ILogger LogOf(HttpContext context) => context.RequestServices.GetRequiredService<ILogger<EventStream>>();
}
