using Microsoft.AspNetCore.Mvc;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Security.Callers;

/// <summary>What became of a credential: who it is, or why it is refused.</summary>
/// <param name="Identity">Whose it is.</param>
/// <param name="Refusal">Told when it is nobody's.</param>
internal readonly record struct Recognition(CallerIdentity? Identity, ProblemDetails? Refusal)
{
    public static Recognition Of(CallerIdentity identity) => new(identity, null);

    public static Recognition Refuse(ProblemDetails problem) => new(null, problem);

    /// <summary>It was wrong, and counts as an attempt to guess; that it cannot be checked does not.</summary>
    public bool IsWrong => Refusal is { Status: StatusCodes.Status401Unauthorized };
}
