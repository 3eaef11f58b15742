using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OnlineCompiler.Gateway.Api.Documents;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Session.V1;

namespace OnlineCompiler.Gateway.Api.Sessions;

/// <summary>What became of a session since it was made.</summary>
internal static partial class SessionsApi
{
    private static void MapHistory(this RouteGroupBuilder sessions, RouteGroupBuilder bodies)
    {
        sessions.MapGet("/{id}/history", HistoryAsync)
            .WithName("getSessionHistory")
            .WithParameterExample("id", SessionExamples.Answer.Id)
            .WithSummary("Read a session's history")
            .WithDescription("Its earlier versions, without their files, and how its last runs ended. Versions that stood for less than a minute and were never run are not kept.")
            .WithResponseExample(SessionExamples.History)
            .ProducesProblem(StatusCodes.Status404NotFound);

        sessions.MapGet("/{id}/versions/{version}", VersionAsync)
            .WithName("getSessionVersion")
            .WithParameterExample("id", SessionExamples.Answer.Id)
            .WithParameterExample("version", "1")
            .WithSummary("Read an earlier version")
            .WithDescription("With its files. To go back to it, save its content as the current one.")
            .WithResponseExample(SessionExamples.Answer)
            .ProducesProblem(StatusCodes.Status404NotFound);

        bodies.MapPost("/{id}/runs", AddRunAsync)
            .WithName("noteRun")
            .WithParameterExample("id", SessionExamples.Answer.Id)
            .WithSummary("Note how a run ended")
            .WithDescription("Adds a run to the session's history; of the last 50 each is kept. The version that ran is kept as well.")
            .WithRequestExample(SessionExamples.RunNote)
            .WithNoContentExample()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<SessionAnswer>> RenameAsync(
        [Description(IdDescription)] string id, TitleBody body, SessionsClient client, HttpContext context, CancellationToken cancellationToken)
    {
        if (body.Title is not { Length: > 0 } title)
            throw ProblemException.ForField("title", "Required.");
        var record = await AsOwnerAsync(context, id, owner => client.RenameSessionAsync(
            new RenameSessionRequest { Owner = owner, Id = id, Title = title }, cancellationToken: cancellationToken).ResponseAsync);
        return Answer(context, record);
    }

    private static async Task<Created<SessionAnswer>> CopyAsync(
        [Description(IdDescription)] string id, [Description("Default: the title of the one that is copied.")] string? title,
        SessionsClient client, HttpContext context, CancellationToken cancellationToken)
    {
        var record = await AsOwnerAsync(context, id, owner => client.CopySessionAsync(
            new CopySessionRequest { Owner = owner, Id = id, Title = title ?? "" }, cancellationToken: cancellationToken).ResponseAsync);
        SessionVersion.WriteTo(context.Response, record.Version);
        return TypedResults.Created($"/api/v1/sessions/{record.Id}", SessionAnswer.From(record));
    }

    private static async Task<Ok<HistoryAnswer>> HistoryAsync(
        [Description(IdDescription)] string id, SessionsClient client, HttpContext context, CancellationToken cancellationToken)
    {
        var history = await AsOwnerAsync(context, id, owner => client.GetHistoryAsync(
            new GetHistoryRequest { Owner = owner, Id = id }, cancellationToken: cancellationToken).ResponseAsync);
        return TypedResults.Ok(HistoryAnswer.From(history));
    }

    private static async Task<Ok<SessionAnswer>> VersionAsync(
        [Description(IdDescription)] string id, [Description("One of the history's.")] string version,
        SessionsClient client, HttpContext context, CancellationToken cancellationToken)
    {
        if (!ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw ProblemException.ForField("version", "Expected a whole number.");
        var record = await AsOwnerAsync(context, id, owner => client.GetVersionAsync(
            new GetVersionRequest { Owner = owner, Id = id, Version = number }, cancellationToken: cancellationToken).ResponseAsync);
        return TypedResults.Ok(SessionAnswer.From(record));
    }

    private static async Task<NoContent> AddRunAsync(
        [Description(IdDescription)] string id, RunNoteBody body, SessionsClient client, HttpContext context, CancellationToken cancellationToken)
    {
        var run = body.ToRun();
        await AsOwnerAsync(context, id, owner => client.AddRunAsync(
            new AddRunRequest { Owner = owner, Id = id, Run = run }, cancellationToken: cancellationToken).ResponseAsync);
        return TypedResults.NoContent();
    }
}
