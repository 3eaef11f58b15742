using Microsoft.AspNetCore.Http.HttpResults;
using OnlineCompiler.Gateway.Api.Documents;
using OnlineCompiler.Gateway.Judge0.Submissions;
using OnlineCompiler.Gateway.Judge0.Wire;

namespace OnlineCompiler.Gateway.Judge0.Languages;

/// <summary>One line of <c>GET languages</c>.</summary>
internal sealed record LanguageLine(int Id, string Name);

/// <summary>The languages by Judge0's ids.</summary>
internal static class LanguagesApi
{
    public static void MapLanguages(this RouteGroupBuilder judge0)
    {
        judge0.MapGet("/languages", ListAsync)
            .WithName("judge0Languages")
            .WithSummary("List the languages, as Judge0 does")
            .WithDescription("Those that are installed, by the ids that Judge0's clients know. The names tell what really runs.")
            .WithResponseExample<IReadOnlyList<LanguageLine>>([new LanguageLine(71, "Python (3.11.2)")]);
        judge0.MapGet("/languages/all", ListAllAsync).ExcludeFromDescription();
        judge0.MapGet("/languages/{id}", GetAsync).ExcludeFromDescription();
    }

    private static async Task<Ok<IReadOnlyList<LanguageLine>>> ListAsync(JudgeLanguages languages, CancellationToken cancellationToken) =>
        TypedResults.Ok<IReadOnlyList<LanguageLine>>(
        [
            .. (await languages.ListAsync(cancellationToken))
                .Where(language => !language.IsArchived)
                .OrderBy(language => language.Name, StringComparer.Ordinal)
                .Select(language => new LanguageLine(language.Id, language.Name)),
        ]);

    private static async Task<IResult> ListAllAsync(JudgeLanguages languages, CancellationToken cancellationToken) =>
        Results.Json(
            (await languages.ListAsync(cancellationToken)).OrderBy(language => language.Name, StringComparer.Ordinal)
                .Select(language => new { language.Id, language.Name, language.IsArchived }),
            SubmissionAnswers.SnakeCase);

    private static async Task<IResult> GetAsync(string id, JudgeLanguages languages, CancellationToken cancellationToken)
    {
        var language = int.TryParse(id, out var number) ? await languages.FindAsync(number, cancellationToken) : null;
        return language is null
            ? throw JudgeRefusal.Bare(StatusCodes.Status404NotFound)
            : Results.Json(
                new
                {
                    language.Id,
                    language.Name,
                    language.IsArchived,
                    language.SourceFile,
                    CompileCmd = language.CompileCommand,
                    RunCmd = language.RunCommand,
                },
                SubmissionAnswers.SnakeCase);
    }
}
