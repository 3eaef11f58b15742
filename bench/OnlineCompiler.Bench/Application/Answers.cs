using System.Text.Json;

namespace OnlineCompiler.Bench.Application;

/// <summary>A wrong answer is quickly given.</summary>
internal static class Answers
{
    public static void Check(JsonElement answer, BenchProgram program)
    {
        if (answer.GetProperty("outcome").GetString() != "succeeded" || !answer.GetProperty("run").GetProperty("stdout").GetString()!.StartsWith("hello world ", StringComparison.Ordinal))
            throw new InvalidOperationException($"{program.Name} was answered with: {answer}");
    }
}
