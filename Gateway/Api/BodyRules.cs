using Microsoft.AspNetCore.Mvc;

namespace OnlineCompiler.Gateway.Api;

/// <summary>What holds for bodies of the API.</summary>
internal static class BodyRules
{
    /// <summary>4 MiB of files and 4 MiB of standard input, both as Base64, and the JSON around them.</summary>
    public const int MaxBodyBytes = 12 * 1024 * 1024;

    public static RouteGroupBuilder WithBodyLimit(this RouteGroupBuilder group, int maxBytes = MaxBodyBytes) =>
        group.WithMetadata(new RequestSizeLimitAttribute(maxBytes));

    public static RouteGroupBuilder ProducesBodyProblems(this RouteGroupBuilder group) => group
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
}
