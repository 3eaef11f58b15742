using Google.Protobuf;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Judge0.Languages;

namespace OnlineCompiler.Gateway.Judge0.Running;

/// <summary>The program that Bash runs for what is no language: plain text, an executable, or a submission's own two scripts.</summary>
internal static class ScriptProgram
{
    /// <summary>What a compiler may need: Judge0's maximum, in bytes.</summary>
    public const long CompileMemoryBytes = 512_000L * 1024;

    private const string Starter = ".judge0.sh";
    private const string CompileOutput = ".judge0.compile_output";
    private const string CompileFailed = ".judge0.compile_failed";

    // Either name, the later one of Judge0 first.
    private static readonly string[] CompileScripts = ["compile.sh", "compile"];
    private static readonly string[] RunScripts = ["run.sh", "run"];

    /// <summary>Files by which the starter tells what compiling said, and that it failed.</summary>
    public static IReadOnlyList<string> Notes { get; } = [CompileOutput, CompileFailed];

    public static bool IsCompiled(IReadOnlyDictionary<string, byte[]> files) => Array.Exists(CompileScripts, files.ContainsKey);

    /// <summary>The starter first.</summary>
    public static IReadOnlyList<SourceFile> Of(Script script, byte[]? source, IReadOnlyDictionary<string, byte[]> files)
    {
        var starter = new SourceFile { Path = Starter, Content = ByteString.CopyFromUtf8(script.Text ?? TextFor(files)) };
        return script.SourceFile is null ? [starter] : [starter, new SourceFile { Path = script.SourceFile, Content = ByteString.CopyFrom(source ?? []) }];
    }

    /// <summary>What its compile script said; null when it has none, or ended too early.</summary>
    public static (byte[]? CompileOutput, bool IsFailed) ReadNotes(IEnumerable<Artifact> artifacts)
    {
        var notes = artifacts.ToDictionary(artifact => artifact.Path, artifact => artifact.Content.ToByteArray());
        return (notes.GetValueOrDefault(CompileOutput), notes.ContainsKey(CompileFailed));
    }

    private static string TextFor(IReadOnlyDictionary<string, byte[]> files)
    {
        var compile = Array.Find(CompileScripts, files.ContainsKey);
        // Where there is none, Bash says so and the program fails, as in Judge0.
        var run = Array.Find(RunScripts, files.ContainsKey) ?? RunScripts[^1];
        var compiling = compile is null ? "" : $"bash {compile} > {CompileOutput} 2>&1 < /dev/null || {{ echo $? > {CompileFailed}; exit 1; }}\n";
        return $"{compiling}exec bash {run} \"$@\"\n";
    }
}
