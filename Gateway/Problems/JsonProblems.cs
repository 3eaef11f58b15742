using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using OnlineCompiler.Gateway.Json;

namespace OnlineCompiler.Gateway.Problems;

/// <summary>What is wrong with a JSON body, for the person who wrote it: where it is, and what was expected there.</summary>
internal static class JsonProblems
{
    public static ProblemDetails From(JsonException exception, Type? bodyType)
    {
        var path = exception.Path ?? "$";
        var member = path is "$" ? "body" : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path[1..];
        var message = Describe(exception, path, bodyType);

        var problem = ProblemKind.MalformedJson.Problem(new Dictionary<string, string[]> { [member] = [message] });
        if (exception.LineNumber is { } line)
        {
            problem.Detail += $" (line {line + 1}, byte {exception.BytePositionInLine + 1})";
            problem.Extensions["line"] = line + 1;
            problem.Extensions["bytePositionInLine"] = exception.BytePositionInLine + 1;
        }

        return problem;
    }

    /// <summary>What the reader says about text that is not JSON, without the position that it appends.</summary>
    public static string Syntax(JsonException exception)
    {
        var position = exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return position < 0 ? exception.Message : exception.Message[..position];
    }

    private static string Describe(JsonException exception, string path, Type? bodyType)
    {
        // The reader's own exception inside means that the text is not JSON at all; outside, that it is the wrong JSON.
        if (exception.InnerException is JsonException syntax)
            return "Not valid JSON: " + Syntax(syntax);
        if (exception.Message.StartsWith("Duplicate", StringComparison.Ordinal))
            return "The member appears twice.";
        if (bodyType is null)
            return "Not the kind of value that belongs here.";

        return JsonShape.Expected(bodyType, path) is { } expected
            ? $"Expected {expected}."
            : $"Unknown member; known here: {string.Join(", ", JsonShape.Siblings(bodyType, path))}.";
    }
}
