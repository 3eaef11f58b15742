using System.Net.Http.Json;
using OnlineCompiler.WholeApp.Tests.Application;
using OnlineCompiler.WholeApp.Tests.Executions;

namespace OnlineCompiler.WholeApp.Tests.Fuzzing;

/// <summary>What the Gateway takes for right goes on to the services: these have something to refuse, too. docs/fuzzing.md tells how to send more.</summary>
public sealed class DocumentFuzzTests(SharedApp shared)
{
    private const int Seed = 20_261_129;
    private const int Requests = 600;
    private const int Sessions = 40;
    private const string Cookie = "oc_owner=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public async Task Every_answer_is_one_that_the_document_promises()
    {
        using var http = FuzzRun.CreateClient(shared.App.Address);
        var api = ApiDescription.Parse(await http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken));
        var run = new FuzzRun(http, api, new RequestMaker(api, await SamplesAsync(http)));

        await run.RunAsync(Seed, Requests);

        // Without a model nobody is explained anything: a documented 503. Of the others each has some twenty requests, most of them wrong.
        var expected = api.Operations.Where(operation => !operation.IsWebSocket && operation.Name is not ("explainProgram" or "fixProgram")).ToList();
        Assert.True(run.Succeeded.Count >= expected.Count * 3 / 4, $"Only these succeeded once: {string.Join(", ", run.Succeeded.Keys)}");
        Assert.True(run.Statuses.GetValueOrDefault(400) > Requests / 5, string.Join(", ", run.Statuses));
    }

    /// <summary>Programs that end at once, and ids of what is there.</summary>
    private static async Task<Dictionary<string, string[]>> SamplesAsync(HttpClient http)
    {
        var program = new { language = "python", files = new[] { new { path = "main.py", content = "print(1)" } } };
        // Some of them will be deleted.
        var sessions = new List<string>();
        while (sessions.Count < Sessions)
            sessions.Add(await IdAsync(http, "/api/v1/sessions", program));
        return new()
        {
            ["Cookie"] = [Cookie],
            ["sessions/{id}"] = [.. sessions],
            ["snapshots/{id}"] = [await IdAsync(http, "/api/v1/snapshots", program)],
            ["token"] = [await IdAsync(http, "/judge0/submissions", new { source_code = "print(1)", language_id = 71 }, "token")],
            ["submissions/{id}"] = [await IdAsync(http, "/api/v1/submissions", new { execution = program })],
            ["If-Match"] = ["\"1\""],
            ["language"] = ["python", "python", "python", "py", "bash", "klingon"],
            ["version"] = ["3", "*", "^1", "x"],
            ["path"] = ["main.py", "main.py", "a/b.py"],
            ["name"] = ["main.py", "main"],
            ["entryPoint"] = ["main.py", "other.py"],
            ["content"] = ["print(1)", "print(input())", "import sys; sys.exit(3)", ""],
            ["encoding"] = ["utf8", "base64", "hex"],
            ["pageSize"] = ["1", "50"],
            ["pageToken"] = [""],
        };
    }

    private static async Task<string> IdAsync(HttpClient http, string path, object body, string name = "id")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Cookie", Cookie);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await response.ReadJsonAsync();
        Assert.True(response.IsSuccessStatusCode, answer.ToJsonString());
        return answer[name].Text();
    }
}
