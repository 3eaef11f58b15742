using System.Net;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace OnlineCompiler.Gateway.Tests;

public sealed class DocumentTests
{
    private static readonly string[] Operations =
    [
        "GET /api/v1/languages", "POST /api/v1/executions", "POST /api/v1/executions/stream", "GET /api/v1/executions/connect",
        "POST /api/v1/judgements", "POST /api/v1/judgements/stream",
        "POST /api/v1/submissions", "POST /api/v1/submissions/batch", "GET /api/v1/submissions/{id}", "GET /api/v1/submissions/{id}/events", "DELETE /api/v1/submissions/{id}",
        "GET /api/v1/sessions", "POST /api/v1/sessions", "GET /api/v1/sessions/{id}", "PUT /api/v1/sessions/{id}", "DELETE /api/v1/sessions/{id}",
        "POST /api/v1/ai/explain", "POST /api/v1/ai/fix",
        "POST /judge0/submissions", "GET /judge0/submissions/{token}", "POST /judge0/submissions/batch", "GET /judge0/submissions/batch", "GET /judge0/languages",
        "GET /api/v2/runtimes", "GET /api/v2/packages", "GET /api/v2/connect", "POST /api/v2/execute",
    ];

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
    public async Task Every_operation_is_described_with_an_example()
    {
        await using var gateway = await TestGateway.StartAsync();

        var document = JsonNode.Parse(await gateway.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!;

        var found = new List<string>();
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in item!.AsObject())
            {
                found.Add($"{method.ToUpperInvariant()} {path}");
                AssertDescribed(found[^1], operation!);
            }
        }

        Assert.Equal(Operations.Order(), found.Order());
        Assert.Equal(found.Count, document["paths"]!.AsObject().SelectMany(item => item.Value!.AsObject()).Select(item => (string?)item.Value!["operationId"]).Distinct().Count());
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

    private static void AssertDescribed(string name, JsonNode operation)
    {
        Assert.False(string.IsNullOrWhiteSpace((string?)operation["summary"]), $"{name} has no summary.");
        Assert.False(string.IsNullOrWhiteSpace((string?)operation["description"]), $"{name} has no description.");
        Assert.False(string.IsNullOrWhiteSpace((string?)operation["operationId"]), $"{name} has no name.");
        if (operation["requestBody"] is { } body)
            Assert.True(body["content"]!["application/json"]!["example"] is not null, $"{name} has no example of a request.");

        var success = operation["responses"]!.AsObject().First(response => response.Key[0] is '1' or '2');
        foreach (var (type, media) in success.Value!["content"]?.AsObject() ?? [])
            Assert.True(media!["example"] is not null, $"{name} has no example of an answer as {type}.");
        Assert.True(success.Key is "204" || success.Value["content"] is not null, $"{name} does not say what it answers.");
        // Clients of another service expect that one's errors.
        var isDropIn = name.Contains("/api/v2/", StringComparison.Ordinal) || name.Contains("/judge0/", StringComparison.Ordinal);
        Assert.NotNull(operation["responses"]!["429"]!["content"]![isDropIn ? "application/json" : "application/problem+json"]);
    }
}
