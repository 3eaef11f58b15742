using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OnlineCompiler.Gateway.Json;

namespace OnlineCompiler.Gateway.Api.Documents;

/// <summary>What the generator cannot see in the types.</summary>
internal static class SchemaRules
{
    // A converter is opaque to the generator.
    public static Task DescribeTextOrBytesAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type != typeof(TextOrBytes))
            return Task.CompletedTask;

        schema.Type = null;
        schema.Properties = null;
        schema.Description ??= "Text, or bytes that are not valid UTF-8 as Base64.";
        schema.OneOf =
        [
            new OpenApiSchema { Type = JsonSchemaType.String },
            new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema> { ["base64"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "byte" } },
                Required = new HashSet<string> { "base64" },
                AdditionalPropertiesAllowed = false,
            },
        ];
        return Task.CompletedTask;
    }

    // Members of bodies are nullable so that the answer can name all that are missing; null is not a value of theirs.
    public static Task RequireValuesAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var isBody = context.JsonTypeInfo.Type.Name.EndsWith("Body", StringComparison.Ordinal);
        foreach (var name in isBody ? schema.Required ?? new HashSet<string>() : new HashSet<string>())
        {
            if (schema.Properties?[name] is OpenApiSchema member)
                member.Type &= ~JsonSchemaType.Null;
        }

        return Task.CompletedTask;
    }
}
