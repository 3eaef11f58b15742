using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Security.Callers;

/// <summary>What those hear who are not let in, in the words of the protocol that they speak.</summary>
internal static class Refusals
{
    private const string Realm = "Bearer realm=\"OnlineCompiler\"";
    private const string NeededScope = "scope";

    /// <summary>To someone who may not do what needs the scope: who has shown nothing may come back with more.</summary>
    public static ProblemDetails ForScope(CallerIdentity identity, string scope)
    {
        var problem = identity.IsAnonymous
            ? ProblemKind.NotSignedIn.Problem($"This needs an API key, or a token, with the scope {scope}.")
            : ProblemKind.NotAllowed.Problem($"This needs the scope {scope}.");
        problem.Extensions[NeededScope] = scope;
        return problem;
    }

    public static ProblemDetails Unknown(string detail) => ProblemKind.NotSignedIn.Problem(detail);

    public static ProblemDetails CannotCheck(string what)
    {
        var problem = ProblemKind.Unavailable.Problem($"{what} cannot be checked at the moment.");
        problem.Extensions[RpcProblems.RetryAfterSeconds] = 1;
        return problem;
    }

    public static async Task WriteAsync(HttpContext context, ProblemDetails problem, bool hasCredential)
    {
        if (ChallengeOf(problem, hasCredential) is { } challenge)
            context.Response.Headers[HeaderNames.WWWAuthenticate] = challenge;
        if (!GrpcAnswer.IsExpected(context.Request))
        {
            await ProblemWriter.WriteAsync(context, ProblemWriter.Complete(context, problem));
            return;
        }

        if (problem.Extensions.TryGetValue(RpcProblems.RetryAfterSeconds, out var delay))
            context.Response.Headers.RetryAfter = Convert.ToString(delay, CultureInfo.InvariantCulture);
        GrpcAnswer.Write(context, CodeFor(problem.Status), problem.Detail ?? problem.Title ?? "");
    }

    // RFC 6750, 3.1: no error is told to who has shown nothing.
    private static string? ChallengeOf(ProblemDetails problem, bool hasCredential) => problem.Status switch
    {
        StatusCodes.Status401Unauthorized when hasCredential => $"{Realm}, error=\"invalid_token\", error_description=\"{problem.Detail}\"",
        StatusCodes.Status401Unauthorized => Realm,
        StatusCodes.Status403Forbidden => $"{Realm}, error=\"insufficient_scope\", scope=\"{problem.Extensions[NeededScope]}\"",
        _ => null,
    };

    private static StatusCode CodeFor(int? status) => status switch
    {
        StatusCodes.Status401Unauthorized => StatusCode.Unauthenticated,
        StatusCodes.Status403Forbidden => StatusCode.PermissionDenied,
        StatusCodes.Status429TooManyRequests => StatusCode.ResourceExhausted,
        _ => StatusCode.Unavailable,
    };
}
