using System.Globalization;
using System.Threading.RateLimiting;
using Grpc.Core;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Security.Limits;

/// <summary>Limits per caller: a bucket of tokens for every request, and a bucket and a number at a time for those that run something.</summary>
internal static class RateLimits
{
    public const string Requests = "requests";
    public const string Runs = "runs";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RateLimitOptions>()
            .BindConfiguration(RateLimitOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        builder.Services.AddRateLimiter(limiter => limiter.OnRejected = RejectAsync);
        builder.Services.AddSingleton<SharedLimits>();
        builder.Services.AddSingleton<RunBudget>();
        builder.Services.AddSingleton<FailedAttempts>();
        builder.Services.AddOptions<RateLimiterOptions>().Configure((RateLimiterOptions limiter, IOptions<RateLimitOptions> limits, RunBudget budget) =>
        {
            limiter.AddPolicy(Requests, context => RequestsOf(context, limits.Value));
            limiter.AddPolicy(Runs, context =>
            {
                budget.Find(context);
                return RateLimitPartition.Get(Caller.Of(context), budget.Of);
            });
        });
    }

    // Refused at once rather than queued: fair waiting is the execution service's work.
    private static RateLimitPartition<RequestBucket> RequestsOf(HttpContext context, RateLimitOptions everybodys)
    {
        var own = Caller.IdentityOf(context)?.Limits;
        var bucket = new RequestBucket(
            Caller.Of(context), own?.RequestsPerSecond ?? everybodys.RequestsPerSecond, own?.RequestBurst ?? everybodys.RequestBurst);
        return RateLimitPartition.GetTokenBucketLimiter(bucket, static bucket => new TokenBucketRateLimiterOptions
        {
            ReplenishmentPeriod = Second,
            TokensPerPeriod = bucket.PerSecond,
            TokenLimit = bucket.Burst,
            QueueLimit = 0,
        });
    }

    /// <summary>What a caller is told who was not given a lease.</summary>
    public static ProblemDetails Refusal(RateLimitLease lease)
    {
        var seconds = RetryAfterSeconds(lease);
        var problem = ProblemKind.TooManyRequests.Problem($"Retry in {seconds} s.");
        problem.Extensions[RpcProblems.RetryAfterSeconds] = seconds;
        return problem;
    }

    /// <summary>The same in gRPC's words.</summary>
    public static void RefuseCall(HttpContext context, RateLimitLease lease)
    {
        var seconds = RetryAfterSeconds(lease);
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        GrpcAnswer.Write(context, StatusCode.ResourceExhausted, $"{ProblemKind.TooManyRequests.Title} Retry in {seconds} s.");
    }

    private static async ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var context = rejected.HttpContext;
        if (GrpcAnswer.IsExpected(context.Request))
        {
            RefuseCall(context, rejected.Lease);
            return;
        }

        await ProblemWriter.WriteAsync(context, ProblemWriter.Complete(context, Refusal(rejected.Lease)));
    }

    private static int RetryAfterSeconds(RateLimitLease lease)
    {
        var delay = lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) && retryAfter > Second ? retryAfter : Second;
        return (int)Math.Ceiling(delay.TotalSeconds);
    }

    // With the limits in it: when those of a key change, another bucket begins.
    private readonly record struct RequestBucket(string Caller, int PerSecond, int Burst);
}
