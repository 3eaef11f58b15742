using System.Globalization;
using OnlineCompiler.Cli.Programs;
using OnlineCompiler.Cli.Terminals;
using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Running;

/// <summary>Says in a sentence why a command failed.</summary>
internal static class Failures
{
    private const int TooManyRequests = 429;
    private const string SubmittedPrefix = "execution.";

    /// <summary>Fields of a request, and what people typed for them.</summary>
    private static readonly Dictionary<string, string> Options = new()
    {
        ["version"] = "--version",
        ["limits.wallTimeMs"] = "--limit-wall-time",
        ["limits.cpuTimeMs"] = "--limit-cpu-time",
        ["limits.memoryBytes"] = "--limit-memory",
        ["limits.processes"] = "--limit-processes",
        ["limits.outputBytes"] = "--limit-output",
        ["limits.workspaceBytes"] = "--limit-workspace",
        ["limits.compileWallTimeMs"] = "--limit-compile-time",
        ["limits.compileMemoryBytes"] = "--limit-compile-memory",
        ["callback.url"] = "--callback",
        ["callback.context"] = "--context",
        ["callback.secret"] = "OC_CALLBACK_SECRET",
        ["Idempotency-Key"] = "--key",
    };

    /// <returns>What the command returns, or the status of its failure.</returns>
    public static async Task<int> ReportAsync(Uri server, Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (BrokenPipeException)
        {
            // Quietly, as a local program ends.
            return ExitStatus.BrokenPipe;
        }
        catch (Exception exception) when (Describe(exception, server) is { } sentences)
        {
            foreach (var sentence in sentences)
                StandardStreams.Say(sentence);
            return ExitStatus.OwnFailure;
        }
    }

    private static IEnumerable<string>? Describe(Exception exception, Uri server) => exception switch
    {
        ProgramException => [exception.Message],
        OnlineCompilerException refused => Describe(refused.Problem),
        HttpRequestException => [$"no server answers at {server.OriginalString} ({exception.Message}); start it, or name another with --server or OC_SERVER"],
        InvalidDataException => [$"what answers at {server.OriginalString} is not OnlineCompiler"],
        IOException => [exception.Message],
        _ => null,
    };

    private static IEnumerable<string> Describe(Problem problem) => problem switch
    {
        { Status: TooManyRequests } => [$"the server is asked for too much at the moment; try again {After(problem.RetryDelay)}"],
        { Errors.Count: > 0 } => problem.Errors.SelectMany(error => error.Value.Select(message => Describe(error.Key, message))),
        _ => [string.IsNullOrEmpty(problem.Detail) ? problem.Title : problem.Detail],
    };

    private static string Describe(string field, string message)
    {
        // Of a submission, the program is a part.
        var name = field.StartsWith(SubmittedPrefix, StringComparison.Ordinal) ? field[SubmittedPrefix.Length..] : field;
        return name is "language" ? message : $"{Options.GetValueOrDefault(name, name)}: {message}";
    }

    private static string After(TimeSpan? delay) =>
        delay is { } time ? string.Create(CultureInfo.InvariantCulture, $"in {Math.Ceiling(time.TotalSeconds)} s") : "later";
}
