using Google.Rpc;
using Grpc.Core;
using OnlineCompiler.Gateway.Api.Submissions;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Security.Limits;

/// <summary>
/// Whom the full queue has refused a moment ago is refused again at once: neither is the body read nor the queue asked. So a flood takes
/// little of the processors from those who are served, and is told to come back as soon as ever.
/// </summary>
internal static class FreshRefusals
{
    /// <summary>The route waits in the queue of programs, unless its caller prefers an answer at once.</summary>
    public static TBuilder WaitsInQueue<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(Queues.Programs);

    public static void UseFreshRefusals(this WebApplication app)
    {
        var budget = app.Services.GetRequiredService<RunBudget>();
        app.Use((context, next) => context.GetEndpoint()?.Metadata.GetMetadata<Queues>() is null || SubmissionCalls.IsPreferred(context.Request)
            ? next(context)
            : GoOnAsync(context, next, budget.Find(context)));
    }

    private static async Task GoOnAsync(HttpContext context, RequestDelegate next, Allowance allowance)
    {
        if (allowance.FreshRefusal is { } refusal)
        {
            await ProblemWriter.WriteAsync(context, ProblemWriter.From(context, refusal));
            return;
        }

        try
        {
            await next(context);
        }
        catch (RpcException exception) when (IsQueues(exception))
        {
            allowance.Remember(exception);
            throw;
        }
    }

    // Not a transport's, which is out of something else.
    private static bool IsQueues(RpcException exception) =>
        exception.StatusCode is StatusCode.ResourceExhausted && exception.GetRpcStatus()?.GetDetail<RetryInfo>() is not null;

    private sealed class Queues
    {
        public static readonly Queues Programs = new();
    }
}
