namespace OnlineCompiler.Client;

/// <summary>The service refused a request, or failed. Whether a program ran is known only for refusals (status 4xx): it did not.</summary>
public sealed class OnlineCompilerException : Exception
{
    /// <param name="problem">Why.</param>
    public OnlineCompilerException(Problem problem)
        : base(string.IsNullOrEmpty(problem.Detail) ? problem.Title : $"{problem.Title} {problem.Detail}") => Problem = problem;

    /// <summary>Why, with what is wrong with each field and when to try again.</summary>
    public Problem Problem { get; }
}
