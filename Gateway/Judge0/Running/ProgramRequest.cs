using Google.Protobuf;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Judge0.Languages;
using OnlineCompiler.Gateway.Judge0.Submissions;
using OnlineCompiler.Gateway.Judge0.Wire;

namespace OnlineCompiler.Gateway.Judge0.Running;

/// <summary>What runs a submission. Made of the same submission again, it is the same request.</summary>
internal static class ProgramRequest
{
    private const int KiB = 1024;
    private const double MsPerSecond = 1000;

    // What the service can hold a program to at the least.
    private const long LeastMemoryBytes = 4 * 1024 * 1024;

    // Compilers say more than the program they compile may; beyond its own limit, the verdict cuts what a program printed.
    private const long LeastOutputBytes = 2 * 1024 * 1024;

    public static ExecuteRequest Of(JudgeSubmission submission, JudgeLanguage language, Judge0Options options)
    {
        var files = submission.AdditionalFiles is { } archive ? AdditionalFiles.Read(archive) : new Dictionary<string, byte[]>();
        var program = language.Script is { } script
            ? ScriptProgram.Of(script, submission.SourceCode, files)
            : [new SourceFile { Path = language.Installed!.EntryPoint, Content = Bytes(submission.SourceCode) }];
        var isCompiledByScript = language.IsMultiFile && ScriptProgram.IsCompiled(files);
        var request = new ExecuteRequest
        {
            RequestId = submission.Token,
            Caller = submission.Caller,
            Language = language.Installed!.Id,
            Version = language.Version,
            EntryPoint = program[0].Path,
            Files = { program },
            CompilerArguments = { ShellWords.Split(submission.CompilerOptions) },
            Arguments = { ShellWords.Split(submission.CommandLineArguments) },
            Stdin = Bytes(submission.Stdin),
            Limits = LimitsOf(submission.Limits, isCompiledByScript, options),
        };
        // The source wins over a file of its name.
        request.Files.Add(files.Where(file => program.All(own => own.Path != file.Key)).Select(file => new SourceFile { Path = file.Key, Content = Bytes(file.Value) }));
        if (isCompiledByScript)
            request.Collect.Add(ScriptProgram.Notes);
        return request;
    }

    private static Limits LimitsOf(SubmissionLimits limits, bool isCompiledByScript, Judge0Options options)
    {
        // A script compiles where the program runs: its time and memory come on top.
        var compileMs = isCompiledByScript ? options.CompileWallTimeMs : 0;
        return new Limits
        {
            WallTimeLimitMs = Milliseconds(limits.WallTimeSeconds, compileMs),
            CpuTimeLimitMs = Milliseconds(limits.CpuTimeSeconds + limits.CpuExtraSeconds, compileMs),
            MemoryLimitBytes = (ulong)Math.Max((long)limits.MemoryKiB * KiB, isCompiledByScript ? ScriptProgram.CompileMemoryBytes : LeastMemoryBytes),
            ProcessLimit = (uint)limits.Processes,
            OutputLimitBytes = (ulong)Math.Max(2L * limits.FileSizeKiB * KiB, LeastOutputBytes),
            CompileWallTimeLimitMs = options.CompileWallTimeMs is var ms and > 0 && !isCompiledByScript ? (uint)ms : 0,
        };
    }

    private static uint Milliseconds(double seconds, int more)
    {
        const int LongestMs = 60_000;
        // 0 would be the service's default.
        return (uint)Math.Clamp(Math.Ceiling(seconds * MsPerSecond) + more, 1, LongestMs);
    }

    private static ByteString Bytes(byte[]? bytes) => bytes is null ? ByteString.Empty : UnsafeByteOperations.UnsafeWrap(bytes);
}
