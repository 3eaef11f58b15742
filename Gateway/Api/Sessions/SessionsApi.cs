using System.ComponentModel;
using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http.HttpResults;
using OnlineCompiler.Gateway.Api.Documents;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Security.Callers;
using OnlineCompiler.Session.V1;

namespace OnlineCompiler.Gateway.Api.Sessions;

internal static partial class SessionsApi
{
    private const uint MaxPageSize = 100;
    private const string IdDescription = "As it was answered when the session was made.";

    public static void MapSessionsApi(this RouteGroupBuilder api)
    {
        var sessions = api.MapGroup("/sessions").WithTags("Sessions").RequireScope(Scopes.Sessions).WithBodyLimit().ProducesValidationProblem();

        sessions.MapGet("", ListAsync)
            .WithName("listSessions")
            .WithSummary("List my sessions")
            .WithDescription(
                "The caller's sessions without their files, last saved first. Who has signed in and sends the cookie oc_owner still, gets those " +
                "of the cookie after their own, so a page may hold fewer than asked for; the last one has no nextPageToken.")
            .WithParameterExample("pageSize", "50")
            .WithParameterExample("pageToken", "")
            .WithResponseExample(SessionExamples.Page);

        var bodies = sessions.MapGroup("").ProducesBodyProblems();
        bodies.MapPost("", CreateAsync)
            .WithName("createSession")
            .WithSummary("Keep a program")
            .WithDescription("Makes a session. It belongs to the caller: to the subject of the token or the API key, else to whoever holds the cookie oc_owner, which is made at first need.")
            .WithRequestExample(SessionExamples.Body)
            .WithResponseExample(SessionExamples.Answer, StatusCodes.Status201Created);

        bodies.MapPut("/{id}", SaveAsync)
            .WithName("saveSession")
            .WithParameterExample("id", SessionExamples.Answer.Id)
            .WithSummary("Save a session")
            .WithDescription("Replaces the whole content. Needs If-Match with the ETag of the version that was read: a stale one is refused, and nothing changes.")
            .WithRequestExample(SessionExamples.Body)
            .WithResponseExample(SessionExamples.Answer)
            .WithIfMatch()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status428PreconditionRequired);

        sessions.MapGet("/{id}", GetAsync)
            .WithName("getSession")
            .WithParameterExample("id", SessionExamples.Answer.Id)
            .WithSummary("Read a session")
            .WithDescription("Reading renews the time until it is forgotten.")
            .WithResponseExample(SessionExamples.Answer)
            .ProducesProblem(StatusCodes.Status404NotFound);

        sessions.MapDelete("/{id}", DeleteAsync)
            .WithName("deleteSession")
            .WithParameterExample("id", SessionExamples.Answer.Id)
            .WithSummary("Delete a session")
            .WithDescription("Forgets it, at once and for good.")
            .WithNoContentExample()
            .ProducesProblem(StatusCodes.Status404NotFound);

        bodies.MapPatch("/{id}", RenameAsync)
            .WithName("renameSession")
            .WithParameterExample("id", SessionExamples.Answer.Id)
            .WithSummary("Rename a session")
            .WithDescription("Changes the title alone, whatever the version, and counts as a save. The answer is without files, as in lists.")
            .WithRequestExample(SessionExamples.Title)
            .WithResponseExample(SessionExamples.Answer with { Files = [] })
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);

        sessions.MapPost("/{id}/copies", CopyAsync)
            .WithName("copySession")
            .WithParameterExample("id", SessionExamples.Answer.Id)
            .WithParameterExample("title", "Greeter (copy)")
            .WithSummary("Copy a session")
            .WithDescription("Makes another session of the caller's with what this one holds now, and a history of its own.")
            .WithResponseExample(SessionExamples.Answer, StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound);

        sessions.MapHistory(bodies);
    }

    private static async Task<Ok<SessionPage>> ListAsync(
        [Description("1-100, default 50.")] string? pageSize,
        [Description("nextPageToken of the page before.")] string? pageToken,
        SessionsClient client, HttpContext context, CancellationToken cancellationToken)
    {
        var size = ToPageSize(pageSize);
        var owners = SessionOwner.AllOf(context);
        var place = OwnersPage.Read(pageToken);
        if (place.Owner >= owners.Count)
            return TypedResults.Ok(new SessionPage([], null));

        var request = new ListSessionsRequest { Owner = owners[place.Owner], PageSize = size, PageToken = place.Token };
        var page = await client.ListSessionsAsync(request, cancellationToken: cancellationToken);
        return TypedResults.Ok(new SessionPage([.. page.Sessions.Select(SessionAnswer.From)], place.Next(page.NextPageToken, owners.Count)));
    }

    private static async Task<Created<SessionAnswer>> CreateAsync(
        SessionBody body, SessionsClient client, HttpContext context, CancellationToken cancellationToken)
    {
        var request = new CreateSessionRequest { Content = body.ToContent(), Owner = SessionOwner.ForNew(context) };
        var record = await client.CreateSessionAsync(request, cancellationToken: cancellationToken);
        SessionVersion.WriteTo(context.Response, record.Version);
        return TypedResults.Created($"/api/v1/sessions/{record.Id}", SessionAnswer.From(record));
    }

    private static async Task<Ok<SessionAnswer>> GetAsync(
        [Description(IdDescription)] string id, SessionsClient client, HttpContext context, CancellationToken cancellationToken)
    {
        var record = await AsOwnerAsync(context, id, owner =>
            client.GetSessionAsync(new GetSessionRequest { Owner = owner, Id = id }, cancellationToken: cancellationToken).ResponseAsync);
        return Answer(context, record);
    }

    private static async Task<Ok<SessionAnswer>> SaveAsync(
        [Description(IdDescription)] string id, SessionBody body, SessionsClient client, HttpContext context, CancellationToken cancellationToken)
    {
        var request = new SaveSessionRequest
        {
            Id = id,
            Version = SessionVersion.FromIfMatch(context.Request),
            Content = body.ToContent(),
        };
        var record = await AsOwnerAsync(context, id, owner =>
        {
            request.Owner = owner;
            return client.SaveSessionAsync(request, cancellationToken: cancellationToken).ResponseAsync;
        });
        return Answer(context, record);
    }

    private static async Task<NoContent> DeleteAsync(
        [Description(IdDescription)] string id, SessionsClient client, HttpContext context, CancellationToken cancellationToken)
    {
        await AsOwnerAsync(context, id, owner =>
            client.DeleteSessionAsync(new DeleteSessionRequest { Owner = owner, Id = id }, cancellationToken: cancellationToken).ResponseAsync);
        return TypedResults.NoContent();
    }

    private static Ok<SessionAnswer> Answer(HttpContext context, SessionRecord record)
    {
        SessionVersion.WriteTo(context.Response, record.Version);
        return TypedResults.Ok(SessionAnswer.From(record));
    }

    // Who owns nothing cannot own this one; it makes no difference to them whether it exists.
    private static async Task<T> AsOwnerAsync<T>(HttpContext context, string id, Func<string, Task<T>> callAsync)
    {
        var owners = SessionOwner.AllOf(context);
        for (var i = 0; i < owners.Count; i++)
        {
            try
            {
                return await callAsync(owners[i]);
            }
            catch (RpcException exception) when (exception.StatusCode is StatusCode.NotFound && i < owners.Count - 1)
            {
                // Perhaps it was kept before signing in.
            }
        }
        throw new ProblemException(ProblemKind.NotFound.Problem($"No session {id} of yours."));
    }

    private static uint ToPageSize(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return 0;
        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= MaxPageSize
            ? size
            : throw ProblemException.ForField("pageSize", $"Expected a whole number from 1 to {MaxPageSize}.");
    }
}
