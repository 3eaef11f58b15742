using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OnlineCompiler.WholeApp.Tests.Executions;

namespace OnlineCompiler.WholeApp.Tests.Piston;

internal static class Jobs
{
    /// <summary>The bodies that clients of Piston send, with time for a busy machine.</summary>
    public static JsonObject Of(string language, params object[] files) => new()
    {
        ["language"] = language,
        ["version"] = "*",
        ["files"] = new JsonArray([.. files.Select(file => System.Text.Json.JsonSerializer.SerializeToNode(file))]),
        ["compile_timeout"] = 60_000,
        ["run_timeout"] = 30_000,
        ["run_cpu_time"] = 30_000,
        ["compile_memory_limit"] = -1,
        ["run_memory_limit"] = -1,
    };

    /// <summary>Without a name, as most clients send it.</summary>
    public static JsonObject OfProgram(string language, string content) => Of(language, new { content });

    public static JsonObject With(this JsonObject job, string member, JsonNode value)
    {
        job[member] = value;
        return job;
    }

    /// <summary>Runs a job and gives the answer, which must be one.</summary>
    public static async Task<JsonNode> RunJobAsync(this HttpClient http, JsonObject job)
    {
        using var response = await http.PostAsJsonAsync("/api/v2/execute", job, TestContext.Current.CancellationToken);
        var answer = await response.ReadJsonAsync();
        Assert.True(response.IsSuccessStatusCode, answer.ToJsonString());
        return answer;
    }

    /// <summary>Fails with the whole answer when a stage did not end as it should.</summary>
    public static void AssertStage(this JsonNode answer, string stage, int? code, string? signal, string? status, string? message)
    {
        var found = answer[stage]!;
        Assert.True(
            (int?)found["code"] == code && (string?)found["signal"] == signal && (string?)found["status"] == status && (string?)found["message"] == message,
            answer.ToJsonString());
    }
}
