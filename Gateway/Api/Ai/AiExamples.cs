using OnlineCompiler.Gateway.Json;

namespace OnlineCompiler.Gateway.Api.Ai;

internal static class AiExamples
{
    private static readonly ProgramBody Program = new()
    {
        Language = "python",
        Files = [new ProgramFileBody { Path = "main.py", Content = "print(1 / 0)" }],
        EntryPoint = "main.py",
    };

    private static readonly RunReportBody LastRun = new()
    {
        Outcome = "nonzeroExit",
        Stderr = TextOrBytes.From("ZeroDivisionError: division by zero\n"),
        ExitCode = 1,
    };

    public static readonly ModelAnswer Model = new("example-model");

    public static readonly ExplainBody Explain = new() { Program = Program, LastRun = LastRun, Question = "Why does it fail?", Locale = "en" };

    public static readonly FixBody Fix = new() { Program = Program, LastRun = LastRun, Instruction = "Print infinity instead.", Locale = "en" };

    private const string Completion = "event: completion\ndata: {\"model\":\"example-model\",\"inputTokens\":212,\"outputTokens\":48}\n\n";

    public const string ExplainEvents = "event: text\ndata: {\"text\":\"The program divides by zero.\"}\n\n" + Completion;

    public const string FixEvents =
        "event: text\ndata: {\"text\":\"Dividing by zero is not defined.\"}\n\n" +
        "event: fixed\ndata: {\"files\":[{\"path\":\"main.py\",\"content\":\"print(float('inf'))\"}]}\n\n" +
        "event: proof\ndata: {\"passed\":true,\"run\":{\"outcome\":\"succeeded\",\"compilerOutput\":\"\",\"stdout\":\"inf\\n\",\"stderr\":\"\",\"exitCode\":0,\"message\":null}}\n\n" +
        Completion;
}
