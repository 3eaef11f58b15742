using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace OnlineCompiler.Gateway.Api.Documents;

/// <summary>Documents the header that saving needs; the handler reads it itself, to tell missing from malformed.</summary>
internal static class IfMatchHeader
{
    public static RouteHandlerBuilder WithIfMatch(this RouteHandlerBuilder route) => route.WithMetadata(Marker.Instance);

    public static Task AddAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.Contains(Marker.Instance))
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = HeaderNames.IfMatch,
                In = ParameterLocation.Header,
                Required = true,
                Description = "ETag of the version that was read, e.g. \"3\" with its quotes.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                Example = "\"3\"",
            });
        }

        return Task.CompletedTask;
    }

    private sealed class Marker
    {
        public static readonly Marker Instance = new();
    }
}
