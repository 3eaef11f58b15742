using System.Net.Mime;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Documents;
using OnlineCompiler.Gateway.Json;

namespace OnlineCompiler.Gateway.Api.Languages;

internal static class LanguagesApi
{
    public static void MapLanguagesApi(this RouteGroupBuilder api) =>
        api.MapGet("/languages", ListAsync)
            .WithTags("Languages")
            .WithName("listLanguages")
            .WithSummary("List the languages")
            .WithDescription(
                "Every language this service knows, by id, installed or not, each with a sample program that reads standard input. " +
                "The list has a strong ETag: with If-None-Match the answer is 304 for as long as nothing has changed, with If-Match it is 412 as soon as something has.")
            .Produces<LanguageList>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .WithResponseExample(LanguageExamples.List);

    private static async Task<FileContentHttpResult> ListAsync(ExecutionClient client, HttpResponse response, CancellationToken cancellationToken)
    {
        var answer = await client.ListLanguagesAsync(new ListLanguagesRequest(), cancellationToken: cancellationToken);
        var list = JsonSerializer.SerializeToUtf8Bytes(new LanguageList([.. answer.Languages.Select(LanguageAnswer.From)]), ApiJson.Options);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(list).AsSpan(0, 16))}\"");
        // Kept by clients and caches, and asked about each time: an operator may install a language at any time.
        response.Headers.CacheControl = "no-cache";
        return TypedResults.File(list, $"{MediaTypeNames.Application.Json}; charset=utf-8", entityTag: tag);
    }
}
