using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace OnlineCompiler.WholeApp.Tests.Executions;

internal static class ExecutionRequests
{
    /// <summary>The body of a run of one file.</summary>
    public static object Program(string language, string path, string content, string? stdin = null) =>
        new { language, files = new[] { new { path, content } }, stdin };

    public static object Python(string content, string? stdin = null) => Program("python", "main.py", content, stdin);

    public static object Bash(string content) => Program("bash", "main.sh", content);

    /// <summary>Runs a program and gives the answer, which must be a success.</summary>
    public static async Task<JsonNode> ExecuteAsync(this HttpClient http, object body)
    {
        using var response = await http.PostAsJsonAsync("/api/v1/executions", body, TestContext.Current.CancellationToken);
        var answer = await response.ReadJsonAsync();
        Assert.True(response.IsSuccessStatusCode, answer.ToJsonString());
        return answer;
    }

    public static async Task<JsonNode> ReadJsonAsync(this HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken)
        ?? throw new InvalidOperationException("The answer is empty.");

    public static string Text(this JsonNode? node) => node?.GetValue<string>() ?? throw new InvalidOperationException("No text here.");
}
