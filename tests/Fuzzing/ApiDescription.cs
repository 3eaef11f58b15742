using System.Text.Json.Nodes;

namespace OnlineCompiler.Tests.Fuzzing;

/// <summary>An OpenAPI document, as far as requests are made of it and answers held against it.</summary>
internal sealed class ApiDescription
{
    private const string SchemaPrefix = "#/components/schemas/";
    private readonly JsonObject _schemas;

    private ApiDescription(JsonNode document, Func<ApiOperation, bool> isWanted)
    {
        _schemas = document["components"]!["schemas"]!.AsObject();
        Operations =
        [
            .. from path in document["paths"]!.AsObject()
               from method in path.Value!.AsObject()
               let operation = new ApiOperation(method.Key.ToUpperInvariant(), path.Key, method.Value!)
               where isWanted(operation)
               select operation,
        ];
    }

    public IReadOnlyList<ApiOperation> Operations { get; }

    /// <summary>Names of all schemas; answers need not know them.</summary>
    public IEnumerable<string> SchemaNames => _schemas.Select(schema => schema.Key);

    public static ApiDescription Parse(string document, Func<ApiOperation, bool>? isWanted = null) =>
        new(JsonNode.Parse(document)!, isWanted ?? (_ => true));

    /// <summary>The schema itself, or the one that it refers to.</summary>
    public JsonObject Resolve(JsonNode schema)
    {
        var found = schema.AsObject();
        while (found["$ref"] is { } reference)
            found = _schemas[reference.GetValue<string>()[SchemaPrefix.Length..]]!.AsObject();
        return found;
    }
}

/// <summary>One operation of the document.</summary>
internal sealed class ApiOperation(string method, string path, JsonNode description)
{
    private const string Json = "application/json";

    /// <summary>As it is in the document.</summary>
    public JsonNode Description => description;

    public string Name => description["operationId"]!.GetValue<string>();

    public string Method => method;

    /// <summary>With its parameters in braces.</summary>
    public string Path => path;

    /// <summary>Whether its errors have the shape that clients of another service expect.</summary>
    public bool IsDropIn => IsPistons || IsJudge0s;

    public bool IsPistons => path.StartsWith("/api/v2/", StringComparison.Ordinal);

    public bool IsJudge0s => path.StartsWith("/judge0/", StringComparison.Ordinal);

    public bool IsWebSocket => description["responses"]!["101"] is not null;

    public JsonNode? BodySchema => description["requestBody"]?["content"]?[Json]?["schema"];

    public JsonNode? BodyExample => description["requestBody"]?["content"]?[Json]?["example"];

    public IReadOnlyList<ApiParameter> Parameters { get; } =
    [
        .. (description["parameters"]?.AsArray() ?? []).Select(parameter => new ApiParameter(
            parameter!["name"]!.GetValue<string>(), parameter["in"]!.GetValue<string>(), (string?)(parameter["example"] ?? parameter["examples"]?["default"]?["value"]))),
    ];

    public bool Answers(int status) => description["responses"]![$"{status}"] is not null;

    /// <summary>What the answer with this status is, by its media type; null when the document does not know it.</summary>
    public JsonNode? AnswerSchema(int status, string mediaType) => description["responses"]![$"{status}"]?["content"]?[mediaType]?["schema"];

    public bool HasContent(int status) => description["responses"]![$"{status}"]?["content"] is not null;

    public override string ToString() => $"{method} {path}";
}

/// <param name="Name">As it is sent.</param>
/// <param name="In">path, query or header.</param>
/// <param name="Example">A value that is right.</param>
internal sealed record ApiParameter(string Name, string In, string? Example);
