using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Api.Executions;

/// <summary>Turns bodies into requests. Here only what JSON cannot say by itself is checked: what is missing or null; the rest is the service's.</summary>
internal static class ExecutionRequests
{
    private const string DefaultMessage = "Leave it out for the default; 0 is not a limit.";

    /// <exception cref="ProblemException">Members are missing or null; names each.</exception>
    public static ExecuteRequest ToRequest(this ExecutionBody body, string caller, string fieldPrefix = "")
    {
        var errors = new FieldErrors(fieldPrefix);
        var request = body.ToRequest(errors);
        // Names this run in our logs, in the service's and in the answer.
        request.RequestId = Guid.CreateVersion7().ToString("N");
        request.Caller = caller;
        errors.ThrowIfAny();
        return request;
    }

    /// <summary>Without what names the run; what is missing or null is added to the errors.</summary>
    public static ExecuteRequest ToRequest(this ExecutionBody body, FieldErrors errors)
    {
        errors.Require(body.Language, "language");
        errors.RequireSome(body.Files, "files", "At least one file is needed.");

        var request = new ExecuteRequest
        {
            Language = body.Language ?? "",
            Version = body.Version ?? "",
            EntryPoint = body.EntryPoint ?? "",
            Stdin = (body.Stdin ?? default).ToByteString(),
            Limits = ToLimits(body.Limits, errors),
        };
        request.Files.AddRange(ToFiles(body.Files, errors));
        request.CompilerArguments.AddRange(errors.Elements(body.CompilerArguments, "compilerArguments"));
        request.Arguments.AddRange(errors.Elements(body.Arguments, "arguments"));
        request.Collect.AddRange(errors.Elements(body.Collect, "collect"));
        foreach (var (name, value) in body.Environment ?? new Dictionary<string, string?>())
        {
            if (value is null)
                errors.Add($"environment.{name}", "Must not be null.");
            else
                request.Environment[name] = value;
        }

        return request;
    }

    private static IEnumerable<SourceFile> ToFiles(IReadOnlyList<FileBody?>? files, FieldErrors errors)
    {
        for (var i = 0; i < (files?.Count ?? 0); i++)
        {
            errors.Require(files![i]?.Path, $"files[{i}].path");
            if (files[i]?.Content is not { } content)
                errors.Add($"files[{i}].content", "Required.");
            else
                yield return new SourceFile { Path = files[i]?.Path ?? "", Content = content.ToByteString() };
        }
    }

    public static Limits? ToLimits(LimitsBody? limits, FieldErrors errors)
    {
        if (limits is null)
            return null;

        // On the wire 0 means the default, so a caller who says 0 would get something else than asked for.
        ulong OrDefault(ulong? value, string name)
        {
            if (value is 0)
                errors.Add($"limits.{name}", DefaultMessage);
            return value ?? 0;
        }

        return new Limits
        {
            WallTimeLimitMs = (uint)OrDefault(limits.WallTimeMs, "wallTimeMs"),
            CpuTimeLimitMs = (uint)OrDefault(limits.CpuTimeMs, "cpuTimeMs"),
            MemoryLimitBytes = OrDefault(limits.MemoryBytes, "memoryBytes"),
            ProcessLimit = (uint)OrDefault(limits.Processes, "processes"),
            OutputLimitBytes = OrDefault(limits.OutputBytes, "outputBytes"),
            WorkspaceLimitBytes = OrDefault(limits.WorkspaceBytes, "workspaceBytes"),
            CompileWallTimeLimitMs = (uint)OrDefault(limits.CompileWallTimeMs, "compileWallTimeMs"),
            CompileMemoryLimitBytes = OrDefault(limits.CompileMemoryBytes, "compileMemoryBytes"),
        };
    }
}
