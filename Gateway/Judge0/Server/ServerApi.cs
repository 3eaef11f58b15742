using Microsoft.Extensions.Options;
using OnlineCompiler.Gateway.Judge0.Access;
using OnlineCompiler.Gateway.Judge0.Running;
using OnlineCompiler.Gateway.Judge0.Submissions;
using OnlineCompiler.Gateway.Judge0.Wire;

namespace OnlineCompiler.Gateway.Judge0.Server;

/// <summary>What the server tells of itself.</summary>
internal static class ServerApi
{
    /// <summary>Whose API this is: the SDK looks up the ids of languages by it.</summary>
    private const string Version = "1.13.1";

    private const string License = "This is OnlineCompiler, which speaks Judge0's API and holds nothing of Judge0. Its own license is its operator's to tell.\n";
    private const string Sandbox = "OnlineCompiler's own sandbox: namespaces, control groups and a system call filter, one for each stage, used once.\n";

    public static void MapServer(this RouteGroupBuilder judge0)
    {
        var server = judge0.MapGroup("").ExcludeFromDescription();
        server.MapGet("/statuses", () => Results.Json(JudgeStatus.All.Select(id => new JudgeStatusAnswer(id, JudgeStatus.DescriptionOf(id)))));
        server.MapGet("/about", () => Results.Json(
            new { Version, Homepage = "https://onlinecompiler.dev", SourceCode = "https://onlinecompiler.dev", Maintainer = "OnlineCompiler" }, SubmissionAnswers.SnakeCase));
        server.MapGet("/version", () => Results.Text(Version));
        server.MapGet("/license", () => Results.Text(License));
        server.MapGet("/isolate", () => Results.Text(Sandbox));
        server.MapGet("/system_info", async (CancellationToken cancellationToken) => Results.Json(await MachineInfo.ReadAsync(cancellationToken)));
        server.MapGet("/config_info", (IOptions<Judge0Options> options, IOptions<Judge0Limits> limits) => Results.Json(ConfigInfo.Of(options.Value, limits.Value)));
        server.MapGet("/workers", ListWorkersAsync);
        server.MapGet("/statistics", async (HttpRequest request, Statistics statistics, CancellationToken cancellationToken) =>
            Results.Json(await statistics.ReadAsync(request.Query["invalidate_cache"] == "true", cancellationToken), SubmissionAnswers.SnakeCase));
        server.MapPost("/authenticate", () => Results.Text("", "text/html"));
        server.MapPost("/authorize", (HttpRequest request, JudgeAccess access) =>
        {
            access.Authorize(request);
            return Results.Text("", "text/html");
        });
    }

    /// <summary>All instances take from one queue; to clients they are one worker that is busy while anything waits or runs.</summary>
    private static async Task<IResult> ListWorkersAsync(JudgeStore store, CancellationToken cancellationToken)
    {
        var size = store.IsConfigured ? await store.CountPendingAsync(cancellationToken) : 0;
        var working = size > 0 ? 1 : 0;
        return Results.Json(new[] { new { Queue = Version, Size = size, Available = 1, Idle = 1 - working, Working = working, Paused = 0, Failed = 0 } });
    }
}
