using Microsoft.AspNetCore.Mvc;

namespace OnlineCompiler.Gateway.Problems;

/// <summary>Ends the handling of a request with the problem as its answer.</summary>
internal sealed class ProblemException(ProblemDetails problem) : Exception(problem.Title)
{
    public ProblemDetails Problem { get; } = problem;

    public static ProblemException ForField(string field, string message) =>
        new(ProblemKind.InvalidRequest.Problem(new Dictionary<string, string[]> { [field] = [message] }));
}
