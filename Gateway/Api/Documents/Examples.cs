using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OnlineCompiler.Gateway.Json;

namespace OnlineCompiler.Gateway.Api.Documents;

/// <summary>Examples of operations, attached where the routes are and put into the document here.</summary>
internal static class Examples
{
    // What a caller need not send is not in the example either.
    private static readonly JsonSerializerOptions WithoutNulls =
        new(ApiJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static RouteHandlerBuilder WithRequestExample<T>(this RouteHandlerBuilder route, T example) =>
        route.WithMetadata(new RequestExample(ToJson(example, WithoutNulls)));

    /// <param name="route">The operation.</param>
    /// <param name="example">Of the answer; a string is the text of a stream.</param>
    /// <param name="status">Of the answer.</param>
    public static RouteHandlerBuilder WithResponseExample<T>(this RouteHandlerBuilder route, T example, int status = StatusCodes.Status200OK) =>
        route.WithMetadata(new ResponseExample(status, ToJson(example, ApiJson.Options)));

    /// <param name="route">The operation.</param>
    /// <param name="name">Of a parameter in its path or query.</param>
    /// <param name="example">A value that is right.</param>
    public static RouteHandlerBuilder WithParameterExample(this RouteHandlerBuilder route, string name, string example) =>
        route.WithMetadata(new ParameterExample(name, example));

    /// <summary>Says that there is nothing to show.</summary>
    public static RouteHandlerBuilder WithNoContentExample(this RouteHandlerBuilder route) =>
        route.WithMetadata(new ResponseExample(StatusCodes.Status204NoContent, null));

    public static Task AddAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var metadata in context.Description.ActionDescriptor.EndpointMetadata)
        {
            switch (metadata)
            {
                case RequestExample request:
                    Set(operation.RequestBody?.Content, request.Value);
                    break;
                case ResponseExample response:
                    Set(operation.Responses?.GetValueOrDefault($"{response.Status}")?.Content, response.Value);
                    break;
                case ParameterExample parameter:
                    operation.Parameters!.OfType<OpenApiParameter>().Single(found => found.Name == parameter.Name).Example = parameter.Value;
                    break;
            }
        }

        return Task.CompletedTask;
    }

    private static void Set(IDictionary<string, OpenApiMediaType>? content, JsonNode? example)
    {
        foreach (var media in content?.Values ?? [])
            media.Example = example?.DeepClone();
    }

    private static JsonNode? ToJson<T>(T example, JsonSerializerOptions options) => JsonSerializer.SerializeToNode(example, options);

    private sealed record RequestExample(JsonNode? Value);

    private sealed record ParameterExample(string Name, string Value);

    private sealed record ResponseExample(int Status, JsonNode? Value);
}
