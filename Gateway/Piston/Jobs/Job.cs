using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Piston.Errors;
using OnlineCompiler.Gateway.Piston.Runtimes;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Piston.Jobs;

/// <summary>What a client wants to run, and the runtime that will run it.</summary>
internal sealed record Job(Runtime Runtime, ExecuteRequest Request)
{
    /// <summary>What Piston tells a program about itself.</summary>
    private const string LanguageVariable = "PISTON_LANGUAGE";

    /// <exception cref="ProblemException">The first thing that is wrong, in Piston's order and words where it has any.</exception>
    public static async Task<Job> ReadAsync(
        PistonBody body, InstalledRuntimes runtimes, PistonOptions options, string caller, CancellationToken cancellationToken)
    {
        var language = body.Text("language") ?? throw PistonErrors.Invalid("language is required as a string");
        var version = body.Text("version") ?? throw PistonErrors.Invalid("version is required as a string");
        var files = body["files"];
        JobFile.RequireContents(files);
        var runtime = await runtimes.FindAsync(language, version, cancellationToken)
            ?? throw PistonErrors.Invalid($"{language}-{version} runtime is unknown");
        JobFile.RequireCode(files);
        var limits = new JobLimits(body, options).Read();

        var program = JobFile.ToProgram(JobFile.ReadAll(files), runtime.Installed);
        return new Job(runtime, new ExecuteRequest
        {
            RequestId = Guid.CreateVersion7().ToString("N"),
            Caller = caller,
            Language = runtime.Installed.Id,
            Version = runtime.InstalledVersion,
            Files = { program },
            EntryPoint = program[0].Path,
            Arguments = { ReadArguments(body["args"]) },
            Environment = { [LanguageVariable] = runtime.Language },
            Stdin = ByteString.CopyFromUtf8(ReadStdin(body["stdin"])),
            Limits = limits,
        });
    }

    // A last line without its end gets one, even the only, empty one.
    private static string ReadStdin(JsonElement stdin)
    {
        if (!PistonBody.IsFalsy(stdin) && stdin.ValueKind is not JsonValueKind.String)
            throw PistonErrors.Invalid("stdin must be a string");
        var text = stdin.ValueKind is JsonValueKind.String ? PistonBody.TextOf(stdin) : "";
        return text.EndsWith('\n') ? text : text + "\n";
    }

    private static IEnumerable<string> ReadArguments(JsonElement args) => args.ValueKind switch
    {
        JsonValueKind.Array => args.EnumerateArray().Select(ReadArgument),
        // As JavaScript spreads it: PHP's clients send "" for none.
        JsonValueKind.String => PistonBody.TextOf(args).EnumerateRunes().Select(character => character.ToString()),
        _ when PistonBody.IsFalsy(args) => [],
        _ => throw PistonErrors.Invalid("args must be an array of strings"),
    };

    private static string ReadArgument(JsonElement argument, int index) => argument.ValueKind switch
    {
        JsonValueKind.String => PistonBody.TextOf(argument),
        JsonValueKind.Number => argument.TryGetInt64(out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : argument.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw PistonErrors.Invalid($"args[{index}] must be a string"),
    };
}
