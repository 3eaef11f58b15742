namespace OnlineCompiler.AiService.Tests;

/// <summary>Words that are recognised wherever they should not turn up.</summary>
internal static class Secrets
{
    public const string ApiKey = "sk-secret-9f1d0b";
    public const string Code = "secret-in-code";
    public const string Stdin = "secret-in-stdin";
    public const string Question = "secret-in-question";
    public const string Answer = "secret-in-answer";

    public static readonly string[] All = [ApiKey, Code, Stdin, Question, Answer];
}
