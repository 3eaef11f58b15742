using System.Text.RegularExpressions;
using Google.Protobuf.Collections;
using Microsoft.Extensions.Options;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Languages;
using OnlineCompiler.ServiceDefaults;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>Checks what does not need the language; everything wrong is told at once.</summary>
internal sealed partial class RequestValidator(IOptions<LimitsOptions> limits)
{
    private const int MiB = 1024 * 1024;
    private const int MaxFiles = 100;
    private const int MaxFileBytes = MiB;
    private const int MaxFilesBytes = 4 * MiB;
    public const int MaxStdinBytes = 4 * MiB;
    private const int MaxArgumentBytes = 4096;
    private const int MaxCompilerArguments = 64;
    private const int MaxArguments = 256;
    private const int MaxEnvironment = 64;
    private const int MaxCollect = 32;
    private const int MaxTerminalSide = 1000;

    public void Validate(ExecuteRequest request, bool isInteractive, FieldViolations violations)
    {
        violations.AddIf(request.RequestId.Length > 0 && !RequestIdPattern().IsMatch(request.RequestId), "request_id", "must be 1-64 letters, digits, '-' or '_'");
        violations.AddIf(request.Caller.Length > 128, "caller", "must be at most 128 characters");
        violations.AddIf(request.Version.Length > 64 || VersionRange.TryParse(request.Version) is null, "version", "must be a version range such as \"3\", \"^12.2\" or \"*\"");
        CheckFiles(violations, request);
        CheckTexts(violations, "compiler_arguments", request.CompilerArguments, MaxCompilerArguments);
        CheckArguments(violations, request.Arguments);
        CheckEnvironment(violations, request);
        CheckStdin(violations, request, isInteractive);
        CheckLimits(violations, request.Limits ?? new Limits());
        CheckTexts(violations, "collect", request.Collect, MaxCollect);
        for (var i = 0; i < request.Collect.Count; i++)
        {
            violations.AddIfLonger(request.Collect[i], WorkspacePath.MaxBytes, $"collect[{i}]");
            violations.AddIf(request.Collect[i].Length == 0 || request.Collect[i].StartsWith('/'), $"collect[{i}]", "must be a relative glob such as \"*.png\"");
        }
        CheckTerminal(violations, request.Terminal, isInteractive);
    }

    public static void CheckArguments(FieldViolations violations, RepeatedField<string> arguments) =>
        CheckTexts(violations, "arguments", arguments, MaxArguments);

    private static void CheckFiles(FieldViolations violations, ExecuteRequest request)
    {
        violations.AddIf(request.Files.Count == 0, "files", "must hold at least one file");
        violations.AddIf(request.Files.Count > MaxFiles, "files", $"must hold at most {MaxFiles} files, not {request.Files.Count}");
        violations.AddIf(request.Files.Sum(file => (long)file.Content.Length) > MaxFilesBytes, "files", "must be at most 4 MiB together");

        var paths = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < request.Files.Count; i++)
        {
            var file = request.Files[i];
            if (WorkspacePath.FindViolation(file.Path) is { } violation)
                violations.Add($"files[{i}].path", violation);
            else
                violations.AddIf(!paths.Add(file.Path), $"files[{i}].path", $"\"{file.Path}\" is there twice");
            violations.AddIf(file.Content.Length > MaxFileBytes, $"files[{i}].content", $"must be at most 1 MiB, not {file.Content.Length} bytes");
        }
        // One file cannot be another's folder.
        for (var i = 0; i < request.Files.Count; i++)
        {
            if (Folders(request.Files[i].Path).FirstOrDefault(paths.Contains) is { } folder)
                violations.Add($"files[{i}].path", $"\"{folder}\" is a file already, so it cannot be a folder");
        }
        violations.AddIf(request.EntryPoint.Length > 0 && !paths.Contains(request.EntryPoint), "entry_point", "must be the path of one of the files");
    }

    private static IEnumerable<string> Folders(string path)
    {
        for (var slash = path.IndexOf('/'); slash > 0; slash = path.IndexOf('/', slash + 1))
            yield return path[..slash];
    }

    private static void CheckTexts(FieldViolations violations, string field, RepeatedField<string> texts, int maxCount)
    {
        violations.AddIf(texts.Count > maxCount, field, $"must hold at most {maxCount}, not {texts.Count}");
        for (var i = 0; i < Math.Min(texts.Count, maxCount); i++)
        {
            violations.AddIfLonger(texts[i], MaxArgumentBytes, $"{field}[{i}]");
            violations.AddIf(texts[i].Contains('\0'), $"{field}[{i}]", "must not contain NUL");
        }
    }

    private static void CheckEnvironment(FieldViolations violations, ExecuteRequest request)
    {
        violations.AddIf(request.Environment.Count > MaxEnvironment, "environment", $"must hold at most {MaxEnvironment} variables");
        foreach (var (name, value) in request.Environment)
        {
            violations.AddIf(!VariablePattern().IsMatch(name), $"environment[{name}]", "must be named by letters, digits and '_', not starting with a digit");
            violations.AddIf(value.Contains('\0'), $"environment[{name}]", "must not contain NUL");
            violations.AddIfLonger(value, MaxArgumentBytes, $"environment[{name}]");
        }
    }

    private static void CheckStdin(FieldViolations violations, ExecuteRequest request, bool isInteractive)
    {
        violations.AddIf(request.Stdin.Length > MaxStdinBytes, "stdin", $"must be at most 4 MiB, not {request.Stdin.Length} bytes");
        violations.AddIf(isInteractive && request.Stdin.Length > 0, "stdin", "must be empty here: input is sent as messages");
    }

    public void CheckLimits(FieldViolations violations, Limits requested)
    {
        var options = limits.Value;
        CheckLimit(violations, "wall_time_limit_ms", requested.WallTimeLimitMs, 1, options.RunWallTimeMs.Maximum, "ms");
        CheckLimit(violations, "cpu_time_limit_ms", requested.CpuTimeLimitMs, 1, options.CpuTimeMs.Maximum, "ms");
        CheckLimit(violations, "memory_limit_bytes", requested.MemoryLimitBytes, RequestedLimits.LowestMemoryBytes, options.RunMemoryBytes.Maximum, "bytes");
        CheckLimit(violations, "process_limit", requested.ProcessLimit, 1, options.Processes.Maximum, "processes");
        CheckLimit(violations, "output_limit_bytes", requested.OutputLimitBytes, 1, options.OutputBytes.Maximum, "bytes");
        CheckLimit(violations, "workspace_limit_bytes", requested.WorkspaceLimitBytes, RequestedLimits.LowestWorkspaceBytes, options.WorkspaceBytes.Maximum, "bytes");
        CheckLimit(violations, "compile_wall_time_limit_ms", requested.CompileWallTimeLimitMs, 1, options.CompileWallTimeMs.Maximum, "ms");
        CheckLimit(violations, "compile_memory_limit_bytes", requested.CompileMemoryLimitBytes, RequestedLimits.LowestCompileMemoryBytes, options.CompileMemoryBytes.Maximum, "bytes");
    }

    private static void CheckLimit(FieldViolations violations, string field, ulong value, long lowest, long highest, string unit) =>
        violations.AddIf(
            value != 0 && (value < (ulong)lowest || value > (ulong)highest),
            $"limits.{field}",
            $"must be from {lowest} to {highest} {unit}, not {value}");

    private static void CheckTerminal(FieldViolations violations, TerminalSize? terminal, bool isInteractive)
    {
        if (terminal is null)
            return;
        violations.AddIf(!isInteractive, "terminal", "is only for interactive runs");
        violations.AddIf(terminal.Columns is < 1 or > MaxTerminalSide, "terminal.columns", $"must be from 1 to {MaxTerminalSide}");
        violations.AddIf(terminal.Rows is < 1 or > MaxTerminalSide, "terminal.rows", $"must be from 1 to {MaxTerminalSide}");
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex RequestIdPattern();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex VariablePattern();
}
