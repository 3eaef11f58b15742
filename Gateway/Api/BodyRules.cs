using System.Text;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Api;

/// <summary>What holds for bodies of the API.</summary>
internal static class BodyRules
{
    /// <summary>4 MiB of files and 4 MiB of standard input, both as Base64, and the JSON around them.</summary>
    public const int MaxBodyBytes = 12 * 1024 * 1024;

    /// <summary>Refuses bodies in a charset that there is not: whoever binds them would take it for a fault of ours.</summary>
    public static void UseBodyRules(this WebApplication app) => app.Use((context, next) =>
        context.GetEndpoint()?.Metadata is { } metadata && metadata.GetMetadata<IAcceptsMetadata>() is not null && metadata.GetMetadata<ErrorShape>() is null
        && MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.Charset.HasValue && !IsKnown(type.Charset.Value)
            ? throw new ProblemException(ProblemKind.UnsupportedMediaType.Problem("The charset is not known; send UTF-8."))
            : next(context));

    public static RouteGroupBuilder WithBodyLimit(this RouteGroupBuilder group, int maxBytes = MaxBodyBytes) =>
        group.WithMetadata(new RequestSizeLimitAttribute(maxBytes));

    public static RouteGroupBuilder ProducesBodyProblems(this RouteGroupBuilder group) => group
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);

    private static bool IsKnown(string charset)
    {
        try
        {
            Encoding.GetEncoding(charset.Trim('"'));
            return true;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
