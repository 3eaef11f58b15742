using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using OnlineCompiler.Gateway.Api.Documents;
using OnlineCompiler.Gateway.Interactive;
using OnlineCompiler.Gateway.Piston.Errors;
using OnlineCompiler.Gateway.Piston.Runtimes;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Security.Callers;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Piston.Connect;

internal static class ConnectApi
{
    private const string Description =
        """
        A WebSocket of JSON messages, as Piston has it. The client sends `{"type":"init",…}` with the members of a job but `stdin`, then
        `{"type":"data","stream":"stdin","data":"…"}`, `{"type":"signal","signal":"SIGTERM"}` and, beyond Piston, `{"type":"endOfInput"}`.

        The server sends `runtime`, then for each stage `stage`, `data` and `exit`, and closes: 4999 after the last stage; 4002 after
        `{"type":"error","message":"…"}`; 4000, 4001, 4003, 4004 and 4005 as Piston does. Closing the connection kills the program.
        """;

    public static void MapConnect(this RouteGroupBuilder piston, PistonServer server) =>
        piston.MapGet("/connect", ConnectAsync)
            .WithName(server.Name + "Connect")
            .WithSummary("Run a program and talk with it, as Piston does")
            .WithDescription(Description)
            .RequireRateLimiting(RateLimits.Runs)
            .Produces<PistonFrame>(StatusCodes.Status101SwitchingProtocols)
            .WithResponseExample<PistonFrame>(new DataFrame("stdout", "Your name? "), StatusCodes.Status101SwitchingProtocols)
            .Produces<PistonError>(StatusCodes.Status404NotFound);

    private static async Task ConnectAsync(
        HttpContext context, ExecutionClient client, InstalledRuntimes runtimes, IOptions<PistonOptions> options, IOptions<InteractiveOptions> interactive,
        IOptions<CorsSettings> cors, IHostApplicationLifetime lifetime, ILogger<PistonDialect> logger)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            throw new ProblemException(ProblemKind.NotFound.Problem("Not Found"));
        if (!options.Value.AnyOrigin && !cors.Value.Allows(context.Request))
            throw new ProblemException(ProblemKind.NotAllowed.Problem("Pages of this origin may not call the API."));

        using var webSocket = await context.WebSockets.AcceptWebSocketAsync(Credential.ProtocolFor(context));
        var socket = new FrameSocket(webSocket);
        var dialect = new PistonDialect(runtimes, options.Value, Caller.Of(context));
        using var run = new InteractiveRun(socket, client, dialect, interactive.Value, context.RequestAborted, lifetime.ApplicationStopping);
        var (status, reason) = (PistonClose.JobCompleted.Status, PistonClose.JobCompleted.Reason);
        try
        {
            await run.RunAsync();
            if (lifetime.ApplicationStopping.IsCancellationRequested)
                (status, reason) = (WebSocketCloseStatus.EndpointUnavailable, "");
        }
        catch (ClosingException closing)
        {
            (status, reason) = (closing.Status, closing.Message);
        }
        catch (Exception exception)
        {
            await ReportAsync(context, socket, exception, logger);
            (status, reason) = (PistonClose.NotifiedError.Status, PistonClose.NotifiedError.Reason);
        }

        await socket.CloseAsync(status, reason, run.Receiving, context.RequestAborted);
    }

    private static async Task ReportAsync(HttpContext context, FrameSocket socket, Exception exception, ILogger logger)
    {
        var problem = ProblemWriter.From(context, exception);
        if (problem.Status >= StatusCodes.Status500InternalServerError && !context.RequestAborted.IsCancellationRequested)
            logger.StreamFailed(exception, context.Request.Path, problem.Status);

        var error = PistonErrors.From(problem);
        try
        {
            if (socket.IsOpen)
                await socket.SendAsync(new ErrorFrame(error.Detail ?? error.Message).ToBytes(), context.RequestAborted);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // Nobody is there to hear it.
        }
    }
}
