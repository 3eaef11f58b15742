namespace OnlineCompiler.Client;

/// <summary>Makes submissions of server-sent events.</summary>
internal static class SubmissionEvents
{
    /// <returns>Null for an event of a newer service that this client does not know.</returns>
    /// <exception cref="OnlineCompilerException">The event is <c>error</c>.</exception>
    public static Submission? Read(string name, ReadOnlySpan<byte> json) => name switch
    {
        "state" => ExecutionEvents.Parse(json, ClientJson.Api.Submission),
        "error" => throw new OnlineCompilerException(ExecutionEvents.Parse(json, ClientJson.Api.ProblemBody).ToProblem()),
        _ => null,
    };
}
