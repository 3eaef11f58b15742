using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace OnlineCompiler.Gateway.Api.Documents;

/// <summary>Documents headers that a caller may send; the handlers read them themselves.</summary>
internal static class OptionalHeaders
{
    public static RouteHandlerBuilder WithIdempotencyKey(this RouteHandlerBuilder route) => route.WithMetadata(new OptionalHeader(
        "Idempotency-Key",
        "1-128 visible ASCII characters. The same key with the same body is the same submission, for as long as it is kept; with another body it is refused (409).",
        "homework-3/42"));

    public static RouteHandlerBuilder WithPreference(this RouteHandlerBuilder route) => route.WithMetadata(new OptionalHeader(
        "Prefer",
        "respond-async: makes a submission of it, and answers at once with 202 and its Location.",
        "respond-async"));

    public static Task AddAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var header in context.Description.ActionDescriptor.EndpointMetadata.OfType<OptionalHeader>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = header.Name,
                In = ParameterLocation.Header,
                Description = header.Description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                Examples = new Dictionary<string, IOpenApiExample> { ["default"] = Unsent(header.Example) },
            });
        }

        return Task.CompletedTask;
    }

    // The pages would send what is shown, and make of the first run that anyone tries a submission.
    private static OpenApiExample Unsent(string value) => new()
    {
        Value = value,
        Extensions = new Dictionary<string, IOpenApiExtension> { ["x-disabled"] = new JsonNodeExtension(true) },
    };

    private sealed record OptionalHeader(string Name, string Description, string Example);
}
