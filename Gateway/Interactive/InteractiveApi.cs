using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using OnlineCompiler.Gateway.Api.Documents;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Security.Callers;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Interactive;

internal static class InteractiveApi
{
    /// <summary>After an error of the client's; from the range that applications may use.</summary>
    private const WebSocketCloseStatus ClientError = (WebSocketCloseStatus)4400;

    /// <summary>RFC 6455's registry: the server asks to try again later.</summary>
    private const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013;
    private const string FieldPrefix = "execution.";

    public static void AddInteractive(this WebApplicationBuilder builder) =>
        builder.Services.AddOptions<InteractiveOptions>()
            .BindConfiguration(InteractiveOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();

    public static void UseInteractive(this WebApplication app)
    {
        var ping = TimeSpan.FromSeconds(app.Services.GetRequiredService<IOptions<InteractiveOptions>>().Value.PingSeconds);
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = ping, KeepAliveTimeout = ping });
    }

    public static void MapInteractiveApi(this RouteGroupBuilder api) =>
        api.MapGet("/executions/connect", ConnectAsync)
            .WithTags("Executions")
            .WithName("connectProgram")
            .WithSummary("Run a program and talk with it")
            .WithDescription(InteractiveDescription.Text)
            .RequireRateLimiting(RateLimits.Runs)
            .Produces<ExecutionEvent>(StatusCodes.Status101SwitchingProtocols)
            .WithResponseExample<ExecutionEvent>(InteractiveDescription.Frame, StatusCodes.Status101SwitchingProtocols)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status426UpgradeRequired);

    private static async Task ConnectAsync(
        HttpContext context, ExecutionClient client, IOptions<InteractiveOptions> options, IOptions<CorsSettings> cors,
        IHostApplicationLifetime lifetime, ILogger<InteractiveRun> logger)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Upgrade = "websocket";
            await ProblemWriter.WriteAsync(
                context, ProblemWriter.Complete(context, ProblemKind.WebSocketExpected.Problem("Connect with a WebSocket client.")));
            return;
        }

        if (!cors.Value.Allows(context.Request))
            throw new ProblemException(ProblemKind.NotAllowed.Problem("Pages of this origin may not call the API."));

        using var webSocket = await context.WebSockets.AcceptWebSocketAsync(Credential.ProtocolFor(context));
        var socket = new FrameSocket(webSocket);
        using var run = new InteractiveRun(
            socket, client, new NativeDialect(Caller.Of(context), Caller.OwnerOf(context), options.Value), options.Value, context.RequestAborted, lifetime.ApplicationStopping);
        var status = WebSocketCloseStatus.NormalClosure;
        try
        {
            await run.RunAsync();
            if (lifetime.ApplicationStopping.IsCancellationRequested)
                status = WebSocketCloseStatus.EndpointUnavailable;
        }
        catch (Exception exception)
        {
            status = await ReportAsync(context, socket, exception, logger);
        }

        await socket.CloseAsync(status, "", run.Receiving, context.RequestAborted);
    }

    private static async Task<WebSocketCloseStatus> ReportAsync(HttpContext context, FrameSocket socket, Exception exception, ILogger logger)
    {
        var problem = ProblemWriter.From(context, exception, FieldPrefix, typeof(ClientFrame));
        if (problem.Status >= StatusCodes.Status500InternalServerError && !context.RequestAborted.IsCancellationRequested)
            logger.StreamFailed(exception, context.Request.Path, problem.Status);

        try
        {
            if (socket.IsOpen)
                await socket.SendAsync(NativeDialect.Write(new ErrorEvent(problem)), context.RequestAborted);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // Nobody is there to hear it.
        }

        return problem.Status switch
        {
            StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable => TryAgainLater,
            >= StatusCodes.Status500InternalServerError => WebSocketCloseStatus.InternalServerError,
            _ => ClientError,
        };
    }
}
