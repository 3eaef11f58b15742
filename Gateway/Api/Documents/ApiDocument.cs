using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Security.Limits;
using Scalar.AspNetCore;

namespace OnlineCompiler.Gateway.Api.Documents;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c>, and pages to read and try it at <c>/docs</c>.</summary>
internal static class ApiDocument
{
    private const string Name = "v1";
    private const string Route = "/openapi/{documentName}.json";

    private const string Introduction =
        """
        Runs programs in many languages, each in a sandbox of its own.

        JSON is camelCase and strict: an unknown member is an error. Bytes that are not valid UTF-8 are `{"base64": "…"}` in place of
        the string, both ways. Errors are problem details (RFC 9457) with a stable `type`, `errors` by field where fields are to blame,
        and `traceId`; every answer has a `traceresponse` header. 429 and 503 say in `Retry-After` when to come back,
        and whatever runs programs in `RateLimit` how many more runs its caller may have at once, and in how many seconds all.

        Who has an API key shows it as `Authorization: Bearer oc_…` or `X-Api-Key`, who has signed in their token as `Authorization: Bearer …`.
        401 says that it is wrong, expired or revoked, 403 names the `scope` that is missing.

        Clients of Piston v2 need nothing but another URL: what they speak is at `/api/v2` and `/api/v2/piston`, with errors as theirs are.
        Those of Judge0 CE find theirs at `/judge0`.
        """;

    public static void AddApiDocument(this WebApplicationBuilder builder) => builder.Services.AddOpenApi(Name, options =>
    {
        options.AddDocumentTransformer(DescribeAsync);
        options.AddDocumentTransformer(SchemaRules.RequireReferencesAsync);
        options.AddDocumentTransformer(SchemaRules.RequireDiscriminatorsAsync);
        options.AddOperationTransformer(Examples.AddAsync);
        options.AddOperationTransformer(IfMatchHeader.AddAsync);
        options.AddOperationTransformer(OptionalHeaders.AddAsync);
        options.AddOperationTransformer(ErrorExamples.AddAsync);
        options.AddSchemaTransformer(SchemaRules.DescribeTextOrBytesAsync);
        options.AddSchemaTransformer(SchemaRules.RequireValuesAsync);
        options.AddSchemaTransformer(SchemaRules.ReleaseOmittedAsync);
        options.AddSchemaTransformer(SchemaRules.ForgetUnspecifiedAsync);
        options.AddSchemaTransformer(SchemaRules.DescribeProblemAsync);
    });

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi(Route).RequireRateLimiting(RateLimits.Requests);
        app.MapScalarApiReference(SecurityHeaders.DocsPath, options =>
        {
            // Everything from this host: no fonts, telemetry, proxy or assistant of anyone else's.
            options.Title = "OnlineCompiler API";
            options.OpenApiRoutePattern = Route;
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.HideClientButton = true;
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            options.Agent = new ScalarAgentOptions { Disabled = true };
            options.Mcp = new ScalarMcpOptions { Disabled = true };
        }).RequireRateLimiting(RateLimits.Requests);
    }

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "OnlineCompiler", Version = Name, Description = Introduction };
        // Relative to the document: right behind any proxy.
        document.Servers = [new OpenApiServer { Url = "/" }];
        return Task.CompletedTask;
    }
}
