using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Piston.Errors;

/// <summary>What Piston's clients read of an error.</summary>
/// <param name="Message">What they show, and some compare.</param>
/// <param name="Detail">What there is to say beyond Piston's words.</param>
/// <param name="Stack">As Piston has it for a body that it cannot read: the name of the error and its text, and no more.</param>
internal sealed record PistonError(
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Stack = null);

internal static class PistonErrors
{
    /// <summary>Clients wait and try again when they read this, whatever the limit is.</summary>
    private const string TooMany = "Requests limited to 1 per 200ms";
    private const string Stack = "stack";

    // Names that the service's fields have in a job.
    private static readonly (string Ours, string Piston)[] Fields =
    [
        ("limits.compileWallTimeMs", "compile_timeout"),
        ("limits.wallTimeMs", "run_timeout"),
        ("limits.cpuTimeMs", "run_cpu_time"),
        ("limits.compileMemoryBytes", "compile_memory_limit"),
        ("limits.memoryBytes", "run_memory_limit"),
        ("arguments", "args"),
        ("].path:", "].name:"),
    ];

    public static readonly ErrorShape Shape = new(From);

    public static ProblemException Invalid(string message) => new(ProblemKind.InvalidRequest.Problem(message));

    /// <summary>For a body that cannot be read at all.</summary>
    public static ProblemException Unreadable(string name, string text)
    {
        var problem = ProblemKind.InvalidRequest.Problem(text);
        problem.Extensions[Stack] = $"{name}: {text}";
        return new ProblemException(problem);
    }

    public static PistonError From(ProblemDetails problem)
    {
        var text = problem.Detail ?? problem.Title ?? "";
        if (problem.Status is StatusCodes.Status429TooManyRequests)
            return new PistonError(TooMany, problem.Title + " " + text);
        foreach (var (ours, piston) in Fields)
            text = text.Replace(ours, piston, StringComparison.Ordinal);
        return new PistonError(text, Stack: problem.Extensions.TryGetValue(Stack, out var stack) ? stack as string : null);
    }
}
