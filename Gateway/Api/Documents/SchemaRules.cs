using Microsoft.AspNetCore.Mvc;
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

    // A type's constructor asks for what its JSON leaves out.
    public static Task ReleaseOmittedAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var member in context.JsonTypeInfo.Properties.Where(member => member.ShouldSerialize is not null))
            schema.Required?.Remove(member.Name);
        return Task.CompletedTask;
    }

    // The same where a member is another schema, which only the whole document has wrapped with null.
    public static Task RequireReferencesAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var (name, schema) in document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (!name.EndsWith("Body", StringComparison.Ordinal))
                continue;
            foreach (var member in schema.Required ?? new HashSet<string>())
            {
                if (schema.Properties![member].OneOf is { Count: 2 } kinds && kinds.Any(kind => kind.Type is JsonSchemaType.Null))
                    schema.Properties[member] = kinds.Single(kind => kind.Type is not JsonSchemaType.Null);
            }
        }

        return Task.CompletedTask;
    }

    // The wire's word for a value that was forgotten; nothing answers it, so nobody need expect it.
    public static Task ForgetUnspecifiedAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type.IsEnum)
            schema.Enum = schema.Enum?.Where(value => value?.GetValue<string>() is not "unspecified").ToList();
        return Task.CompletedTask;
    }

    // What tells kinds apart is in each of them, always.
    public static Task RequireDiscriminatorsAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var discriminator in (document.Components?.Schemas?.Values ?? []).Select(schema => schema.Discriminator).OfType<OpenApiDiscriminator>())
        {
            foreach (var kind in (discriminator.Mapping?.Values ?? []).Select(reference => document.Components!.Schemas![reference.Reference.Id!]).OfType<OpenApiSchema>())
                (kind.Required ??= new HashSet<string>()).Add(discriminator.PropertyName!);
        }

        return Task.CompletedTask;
    }

    // What every problem has, and what some have, are extensions to the type and unknown to the generator.
    public static Task DescribeProblemAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (!context.JsonTypeInfo.Type.IsAssignableTo(typeof(ProblemDetails)))
            return Task.CompletedTask;

        var isAboutFields = schema.Properties?.ContainsKey("errors") is true;
        var errors = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "What is wrong, by field: a member of the body by its path, a parameter or a header by its name, \"body\" for all of it.",
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        };
        schema.Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("Stable: tells sorts of problems apart.", "uri"),
            ["title"] = Text("The sort of problem, for people."),
            ["status"] = Number("As in the status line."),
            ["detail"] = Text("What happened here, for people."),
            ["instance"] = Text("The path that was asked for."),
            ["traceId"] = Text("As in the header traceresponse; our logs and traces know it."),
            ["errors"] = errors,
            ["line"] = Number("Where JSON that cannot be read goes wrong, from 1."),
            ["bytePositionInLine"] = Number("Where in that line, from 1."),
            ["retryAfterSeconds"] = Number("When to come back, as in Retry-After."),
            ["currentVersion"] = Number("Of a session that was saved since it was read."),
        };
        schema.Required = new HashSet<string> { "type", "title", "status", "detail", "instance", "traceId" };
        if (isAboutFields)
            schema.Required.Add("errors");
        // RFC 9457: clients ignore members that they do not know.
        schema.AdditionalPropertiesAllowed = true;
        return Task.CompletedTask;
    }

    private static OpenApiSchema Text(string description, string? format = null) => new() { Type = JsonSchemaType.String, Format = format, Description = description };

    private static OpenApiSchema Number(string description) => new() { Type = JsonSchemaType.Integer, Format = "int64", Description = description };
}
