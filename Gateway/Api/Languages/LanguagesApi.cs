using Microsoft.AspNetCore.Http.HttpResults;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Documents;

namespace OnlineCompiler.Gateway.Api.Languages;

internal static class LanguagesApi
{
    public static void MapLanguagesApi(this RouteGroupBuilder api) =>
        api.MapGet("/languages", ListAsync)
            .WithTags("Languages")
            .WithName("listLanguages")
            .WithSummary("List the languages")
            .WithDescription("Every language this service knows, by id, installed or not, each with a sample program that reads standard input.")
            .WithResponseExample(LanguageExamples.List);

    private static async Task<Ok<LanguageList>> ListAsync(ExecutionClient client, CancellationToken cancellationToken)
    {
        var answer = await client.ListLanguagesAsync(new ListLanguagesRequest(), cancellationToken: cancellationToken);
        return TypedResults.Ok(new LanguageList([.. answer.Languages.Select(LanguageAnswer.From)]));
    }
}
