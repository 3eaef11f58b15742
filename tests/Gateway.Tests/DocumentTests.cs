using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace OnlineCompiler.Gateway.Tests;

public sealed class DocumentTests
{
    // Names are what generated clients call: none may change.
    private static readonly string[] Operations =
    [
        "listLanguages: GET /api/v1/languages", "runProgram: POST /api/v1/executions", "streamProgram: POST /api/v1/executions/stream", "connectProgram: GET /api/v1/executions/connect",
        "judgeProgram: POST /api/v1/judgements", "streamJudgement: POST /api/v1/judgements/stream",
        "submit: POST /api/v1/submissions", "submitBatch: POST /api/v1/submissions/batch", "getSubmission: GET /api/v1/submissions/{id}", "watchSubmission: GET /api/v1/submissions/{id}/events", "cancelSubmission: DELETE /api/v1/submissions/{id}",
        "listSessions: GET /api/v1/sessions", "createSession: POST /api/v1/sessions", "getSession: GET /api/v1/sessions/{id}", "saveSession: PUT /api/v1/sessions/{id}", "deleteSession: DELETE /api/v1/sessions/{id}",
        "renameSession: PATCH /api/v1/sessions/{id}", "copySession: POST /api/v1/sessions/{id}/copies", "getSessionHistory: GET /api/v1/sessions/{id}/history", "getSessionVersion: GET /api/v1/sessions/{id}/versions/{version}", "noteRun: POST /api/v1/sessions/{id}/runs",
        "createSnapshot: POST /api/v1/snapshots", "getSnapshot: GET /api/v1/snapshots/{id}", "forkSnapshot: POST /api/v1/snapshots/{id}/fork", "deleteSnapshot: DELETE /api/v1/snapshots/{id}",
        "getModel: GET /api/v1/ai", "explainProgram: POST /api/v1/ai/explain", "fixProgram: POST /api/v1/ai/fix",
        "judge0Submit: POST /judge0/submissions", "judge0Submission: GET /judge0/submissions/{token}", "judge0SubmitBatch: POST /judge0/submissions/batch", "judge0Batch: GET /judge0/submissions/batch", "judge0Languages: GET /judge0/languages",
        "pistonRuntimes: GET /api/v2/runtimes", "pistonPackages: GET /api/v2/packages", "pistonConnect: GET /api/v2/connect", "pistonExecute: POST /api/v2/execute",
    ];

    private static readonly string[] _texts = ["summary", "description"];
    private static readonly string[] _everywhere = ["401", "403", "429", "503"];

    [Fact]
    public async Task The_document_is_valid()
    {
        await using var gateway = await TestGateway.StartAsync();

        var json = await gateway.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        var read = OpenApiDocument.Parse(json, "json");

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.StartsWith("3.1", (string?)JsonNode.Parse(json)!["openapi"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_operation_has_the_name_that_clients_know()
    {
        await using var gateway = await TestGateway.StartAsync();

        var api = ApiDescription.Parse(await gateway.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken));

        Assert.Equal(Operations.Order(), api.Operations.Select(operation => $"{operation.Name}: {operation}").Order());
        Assert.Distinct(api.Operations.Select(operation => operation.Name));
    }

    [Fact]
    public async Task Every_operation_is_described_with_examples_of_all_that_it_takes_and_answers()
    {
        await using var gateway = await TestGateway.StartAsync();

        var api = ApiDescription.Parse(await gateway.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken));
        var schemas = new SchemaCheck(api);

        Assert.Empty(api.Operations.SelectMany(operation => Missing(operation, schemas).Select(missing => $"{operation}: {missing}")));
    }

    [Fact]
    public async Task The_page_is_typed_by_this_document()
    {
        await using var gateway = await TestGateway.StartAsync();

        var document = (await gateway.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken)).ReplaceLineEndings("\n").TrimEnd() + "\n";
        var path = Path.Combine(Checkout.Root, "Web/ClientApp/openapi.json");
        if (Environment.GetEnvironmentVariable("UPDATE_DOCUMENT") is { Length: > 0 })
            await File.WriteAllTextAsync(path, document, TestContext.Current.CancellationToken);

        Assert.True(
            document == await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken),
            "Web/ClientApp/openapi.json is not what the Gateway answers any more: scripts/update-api-types.sh writes it, and the types made of it.");
    }

    [Fact]
    public async Task Bytes_are_a_string_or_Base64()
    {
        await using var gateway = await TestGateway.StartAsync();

        var document = JsonNode.Parse(await gateway.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!;

        var kinds = document["components"]!["schemas"]!["TextOrBytes"]!["oneOf"]!.AsArray();
        Assert.Equal("string", (string?)kinds[0]!["type"]);
        Assert.Equal("byte", (string?)kinds[1]!["properties"]!["base64"]!["format"]);
    }

    [Fact]
    public async Task The_pages_need_nothing_from_elsewhere()
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await gateway.Http.GetAsync("/docs/", TestContext.Current.CancellationToken);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        // And if its script tried, the browser would not let it.
        Assert.Contains("default-src 'none'; script-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        // Nor does it offer what others would answer.
        Assert.Contains("\"agent\":{\"disabled\":true}", page, StringComparison.Ordinal);
        foreach (var file in new[] { "scalar.js", "scalar.aspnetcore.js" })
        {
            Assert.Contains(file, page, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await gateway.Http.GetAsync($"/docs/{file}", TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    private static IEnumerable<string> Missing(ApiOperation operation, SchemaCheck schemas)
    {
        var description = operation.Description;
        var texts = _texts.Where(text => string.IsNullOrWhiteSpace((string?)description[text])).Select(text => $"no {text}")
            .Concat(description["tags"]?.AsArray() is { Count: 1 } ? [] : ["not one tag"]);
        var parameters = (description["parameters"]?.AsArray() ?? [])
            .Where(parameter => parameter!["description"] is null || (parameter["example"] ?? parameter["examples"]) is null)
            .Select(parameter => $"parameter {parameter!["name"]}: no description or no example");
        // Clients of another service expect that one's errors.
        var problem = operation.IsDropIn ? "application/json" : "application/problem+json";
        var errors = _everywhere.Where(status => description["responses"]![status]?["content"]?[problem] is null).Select(status => $"{status}: no {problem}");
        var answers = description["responses"]!.AsObject().SelectMany(answer => OfContent(answer.Key, answer.Value!["content"], schemas)
            .Concat(string.IsNullOrWhiteSpace((string?)answer.Value["description"]) ? [$"{answer.Key}: no description"] : [])
            .Concat(answer.Value["content"] is null && answer.Key is not ("204" or "304") ? [$"{answer.Key}: nothing said of what it holds"] : []));
        return [.. texts, .. parameters, .. errors, .. answers, .. OfContent("request", description["requestBody"]?["content"], schemas)];
    }

    private static IEnumerable<string> OfContent(string what, JsonNode? content, SchemaCheck schemas) => (content?.AsObject() ?? []).SelectMany(media =>
    {
        var (schema, example) = (media.Value!["schema"]!, media.Value["example"]);
        if (example is null)
            return [$"{what}: no example as {media.Key}"];
        var isNamed = schema["$ref"] is not null || schema["items"]?["$ref"] is not null || (schema["items"] ?? schema)["additionalProperties"] is not null || (string?)schema["type"] is "string";
        return schemas.Errors(schema, example.Deserialize<JsonElement>()).Select(error => $"{what}: the example is not valid: {error}")
            .Concat(isNamed ? [] : [$"{what}: its schema has no name"]);
    });
}
