using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using OnlineCompiler.Gateway.Api.Documents;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Piston.Errors;
using OnlineCompiler.Gateway.Piston.Runtimes;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Piston.Jobs;

internal static class JobsApi
{
    public static void MapJobs(this RouteGroupBuilder piston, PistonServer server) =>
        piston.MapPost("/execute", (HttpContext context, ExecutionClient client, InstalledRuntimes runtimes, IOptions<PistonOptions> options, TimeProvider clock) =>
                ExecuteAsync(context, client, runtimes, options.Value, clock, server.IsForgiving))
            .WithName(server.Name + "Execute")
            .WithSummary("Run a program, as Piston does")
            .WithDescription(
                "Answers as Piston v2 does, so that its clients need nothing but another URL; docs/piston.md tells what is better. " +
                "The same is at /api/v2/piston/execute, as forgiving as Piston's public gateway was.")
            .RequireRateLimiting(RateLimits.Runs)
            .WaitsInQueue()
            .Accepts<JobBody>("application/json", "text/plain")
            .WithRequestExample(JobExamples.Body)
            .WithResponseExample(JobExamples.Answer)
            .Produces<PistonError>(StatusCodes.Status400BadRequest)
            .Produces<PistonError>(StatusCodes.Status415UnsupportedMediaType);

    private static async Task<Ok<JobAnswer>> ExecuteAsync(
        HttpContext context, ExecutionClient client, InstalledRuntimes runtimes, PistonOptions options, TimeProvider clock, bool isForgiving)
    {
        var body = await PistonBody.ReadAsync(context);
        if (isForgiving)
            body = PublicGateway.Forgive(body, options);
        var job = await Job.ReadAsync(body, runtimes, options, Caller.Of(context), context.RequestAborted);

        // As events and not as one answer: only they tell in which order the two streams were written.
        using var call = client.ExecuteStream(job.Request, deadline: ExecutionsApi.DeadlineFrom(clock), cancellationToken: context.RequestAborted);
        return TypedResults.Ok(await JobAnswer.GatherAsync(job.Runtime, call.ResponseStream, context.RequestAborted));
    }
}
