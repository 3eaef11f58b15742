using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using OnlineCompiler.WholeApp.Tests.Application;

namespace OnlineCompiler.WholeApp.Tests.Executions;

public sealed class ProblemTests(SharedApp shared)
{
    private const int Mebibyte = 1024 * 1024;

    /// <summary>The field that must be named, and a body in which it is wrong.</summary>
    public static TheoryData<string, string> WrongBodies => new()
    {
        { "language", """{ "files": [{ "path": "main.py", "content": "" }] }""" },
        { "files", """{ "language": "python" }""" },
        { "files", """{ "language": "python", "files": [] }""" },
        { "files[0].path", """{ "language": "python", "files": [{ "path": "../main.py", "content": "" }] }""" },
        { "files[0].path", """{ "language": "python", "files": [{ "path": "/etc/passwd", "content": "" }] }""" },
        { "files[0].content", $$"""{ "language": "python", "files": [{ "path": "main.py", "content": "{{new string('#', Mebibyte + 1)}}" }] }""" },
        { "stdin", $$"""{ "language": "python", "files": [{ "path": "main.py", "content": "" }], "stdin": "{{new string('x', 4 * Mebibyte + 1)}}" }""" },
        { "limits.wallTimeMs", """{ "language": "python", "files": [{ "path": "main.py", "content": "" }], "limits": { "wallTimeMs": 60001 } }""" },
        { "limits.memoryBytes", """{ "language": "python", "files": [{ "path": "main.py", "content": "" }], "limits": { "memoryBytes": 1 } }""" },
        { "colour", """{ "language": "python", "files": [{ "path": "main.py", "content": "" }], "colour": "red" }""" },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(WrongBodies))]
    public async Task A_wrong_field_is_named(string field, string body)
    {
        using var response = await PostAsync(body);

        var problem = await ExpectProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.True(problem["errors"]?[field] is JsonArray { Count: > 0 }, $"{field} is not named in {problem.ToJsonString()}");
    }

    [Fact]
    public async Task A_misspelt_language_is_answered_with_near_matches()
    {
        using var response = await PostAsync("""{ "language": "pyhton", "files": [{ "path": "main.py", "content": "" }] }""");

        var problem = await ExpectProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Contains("python", problem["errors"]!["language"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"language\": ")]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task Malformed_json_is_a_bad_request(string body)
    {
        using var response = await PostAsync(body);

        await ExpectProblemAsync(response, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_unknown_path_is_not_found()
    {
        using var response = await shared.Http.GetAsync("/api/v1/nothing", TestContext.Current.CancellationToken);

        await ExpectProblemAsync(response, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_wrong_method_is_not_allowed()
    {
        using var response = await shared.Http.DeleteAsync("/api/v1/executions", TestContext.Current.CancellationToken);

        await ExpectProblemAsync(response, HttpStatusCode.MethodNotAllowed);
        Assert.Contains("POST", response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Without_a_model_the_assistant_says_which_setting_is_missing()
    {
        var body = new { program = ExecutionRequests.Python("print(1"), question = "Why?" };
        using var response = await shared.Http.PostAsJsonAsync("/api/v1/ai/explain", body, TestContext.Current.CancellationToken);

        var problem = await ExpectProblemAsync(response, HttpStatusCode.ServiceUnavailable);
        Assert.EndsWith("/ai-not-configured", problem["type"].Text(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PostAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await shared.Http.PostAsync("/api/v1/executions", content, TestContext.Current.CancellationToken);
    }

    private static async Task<JsonNode> ExpectProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == status, $"{response.StatusCode}: {answer}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(answer)!;
        Assert.Equal((int)status, problem["status"]!.GetValue<int>());
        Assert.StartsWith("https://", problem["type"].Text(), StringComparison.Ordinal);
        foreach (var member in new[] { "title", "detail", "traceId" })
            Assert.False(string.IsNullOrEmpty(problem[member]?.GetValue<string>()), $"{member} in {problem.ToJsonString()}");
        return problem;
    }
}
