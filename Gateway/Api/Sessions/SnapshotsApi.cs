using System.ComponentModel;
using Grpc.Core;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using OnlineCompiler.Gateway.Api.Documents;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Security.Callers;
using OnlineCompiler.Session.V1;

namespace OnlineCompiler.Gateway.Api.Sessions;

/// <summary>Programs as they were when somebody shared them.</summary>
internal static class SnapshotsApi
{
    private const string IdDescription = "As it was answered when the program was shared.";

    /// <summary>Its content never changes, but it may be taken back: nothing on the way may keep it for much longer.</summary>
    private static readonly TimeSpan CacheTime = TimeSpan.FromMinutes(1);

    public static void MapSnapshotsApi(this RouteGroupBuilder api)
    {
        var snapshots = api.MapGroup("/snapshots").WithTags("Snapshots").WithBodyLimit().ProducesValidationProblem();

        snapshots.MapGroup("").ProducesBodyProblems().MapPost("", CreateAsync)
            .WithName("createSnapshot")
            .WithSummary("Share a program")
            .WithDescription(
                "Keeps the program as it is, for whoever knows the id; nobody can change it. Sharing the same program again gives the same id, and " +
                "another deleteToken: it is there until everybody who shared it took that back, or their time has passed.")
            .RequireScope(Scopes.Sessions)
            .WithRequestExample(SessionExamples.SnapshotBody)
            .WithResponseExample(SessionExamples.Shared, StatusCodes.Status201Created);

        snapshots.MapGet("/{id}", GetAsync)
            .WithName("getSnapshot")
            .WithSummary("Read what was shared")
            .WithDescription("It never changes, but it may be taken back: caches may keep it for a minute.")
            .WithParameterExample("id", SessionExamples.Snapshot.Id)
            .WithResponseExample(SessionExamples.Snapshot)
            .ProducesProblem(StatusCodes.Status404NotFound);

        snapshots.MapPost("/{id}/fork", ForkAsync)
            .WithName("forkSnapshot")
            .WithSummary("Make a session of it")
            .WithDescription("Makes a session of the caller's with what was shared, to change and to save.")
            .RequireScope(Scopes.Sessions)
            .WithParameterExample("id", SessionExamples.Snapshot.Id)
            .WithResponseExample(SessionExamples.Answer, StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound);

        snapshots.MapDelete("/{id}", DeleteAsync)
            .WithName("deleteSnapshot")
            .WithSummary("Take back what I shared")
            .WithDescription("Needs the deleteToken of the sharing in X-Delete-Token. Who has the link finds nothing any more, unless somebody else shared the same program as well.")
            .RequireScope(Scopes.Sessions)
            .WithParameterExample("id", SessionExamples.Snapshot.Id)
            .WithParameterExample(DeleteToken.HeaderName, SessionExamples.Shared.DeleteToken)
            .WithNoContentExample()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Created<SharedSnapshotAnswer>> CreateAsync(SnapshotBody body, SessionsClient client, CancellationToken cancellationToken)
    {
        var deleteToken = DeleteToken.New();
        var snapshot = await client.CreateSnapshotAsync(body.ToRequest(deleteToken), cancellationToken: cancellationToken);
        return TypedResults.Created($"/api/v1/snapshots/{snapshot.Id}", SharedSnapshotAnswer.From(snapshot, deleteToken));
    }

    private static async Task<NoContent> DeleteAsync(
        [Description(IdDescription)] string id,
        [FromHeader(Name = DeleteToken.HeaderName), Description("As it was answered when the program was shared.")] string? deleteToken,
        SessionsClient client, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(deleteToken))
            throw ProblemException.ForField(DeleteToken.HeaderName, "Required.");
        try
        {
            await client.DeleteSnapshotAsync(new DeleteSnapshotRequest { Id = id, DeleteToken = deleteToken }, cancellationToken: cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.InvalidArgument)
        {
            throw new ProblemException(ProblemKind.NotAllowed.Problem("This is no token of ours."));
        }
        return TypedResults.NoContent();
    }

    private static async Task<Ok<SnapshotAnswer>> GetAsync(
        [Description(IdDescription)] string id, SessionsClient client, HttpContext context, TimeProvider clock, CancellationToken cancellationToken)
    {
        var snapshot = await client.GetSnapshotAsync(new GetSnapshotRequest { Id = id }, cancellationToken: cancellationToken);
        var left = snapshot.ExpiresAt is { } expiry ? expiry.ToDateTimeOffset() - clock.GetUtcNow() : CacheTime;
        context.Response.GetTypedHeaders().CacheControl = new CacheControlHeaderValue
        {
            Public = true,
            MaxAge = TimeSpan.FromTicks(Math.Clamp(left.Ticks, 0, CacheTime.Ticks)),
        };
        return TypedResults.Ok(SnapshotAnswer.From(snapshot));
    }

    private static async Task<Created<SessionAnswer>> ForkAsync(
        [Description(IdDescription)] string id, SessionsClient client, HttpContext context, CancellationToken cancellationToken)
    {
        var request = new ForkSnapshotRequest { Id = id, Owner = SessionOwner.ForNew(context) };
        var record = await client.ForkSnapshotAsync(request, cancellationToken: cancellationToken);
        SessionVersion.WriteTo(context.Response, record.Version);
        return TypedResults.Created($"/api/v1/sessions/{record.Id}", SessionAnswer.From(record));
    }
}
