using Google.Protobuf;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Tests.RunningService;

/// <summary>Makes requests short to write.</summary>
internal static class Requests
{
    public static ExecuteRequest Program(string language, string content, string stdin = "", Limits? limits = null, string? path = null) => new()
    {
        Language = language,
        Files = { File(path ?? "program", content) },
        Stdin = ByteString.CopyFromUtf8(stdin),
        Limits = limits,
    };

    public static ExecuteRequest Python(string content, string stdin = "", Limits? limits = null) => Program("python", content, stdin, limits, "main.py");

    public static ExecuteRequest Bash(string content, string stdin = "", Limits? limits = null) => Program("bash", content, stdin, limits, "main.sh");

    public static SourceFile File(string path, string content) => new() { Path = path, Content = ByteString.CopyFromUtf8(content) };
}
