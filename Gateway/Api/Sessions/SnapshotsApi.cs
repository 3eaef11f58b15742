using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using OnlineCompiler.Gateway.Api.Documents;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Security.Callers;
using OnlineCompiler.Session.V1;

namespace OnlineCompiler.Gateway.Api.Sessions;

/// <summary>Programs as they were when somebody shared them.</summary>
internal static class SnapshotsApi
{
    private const string IdDescription = "As it was answered when the program was shared.";

    private static readonly TimeSpan ForGood = TimeSpan.FromDays(365);

    public static void MapSnapshotsApi(this RouteGroupBuilder api)
    {
        var snapshots = api.MapGroup("/snapshots").WithTags("Snapshots").WithBodyLimit().ProducesValidationProblem();

        snapshots.MapGroup("").ProducesBodyProblems().MapPost("", CreateAsync)
            .WithName("createSnapshot")
            .WithSummary("Share a program")
            .WithDescription("Keeps the program as it is, for whoever knows the id; nobody can change it. Sharing the same program again gives the same id.")
            .RequireScope(Scopes.Sessions)
            .WithRequestExample(SessionExamples.SnapshotBody)
            .WithResponseExample(SessionExamples.Snapshot, StatusCodes.Status201Created);

        snapshots.MapGet("/{id}", GetAsync)
            .WithName("getSnapshot")
            .WithSummary("Read what was shared")
            .WithDescription("It never changes, so it may be kept by any cache for as long as it says.")
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
    }

    private static async Task<Created<SnapshotAnswer>> CreateAsync(SnapshotBody body, SessionsClient client, CancellationToken cancellationToken)
    {
        var snapshot = await client.CreateSnapshotAsync(body.ToRequest(), cancellationToken: cancellationToken);
        return TypedResults.Created($"/api/v1/snapshots/{snapshot.Id}", SnapshotAnswer.From(snapshot));
    }

    private static async Task<Ok<SnapshotAnswer>> GetAsync(
        [Description(IdDescription)] string id, SessionsClient client, HttpContext context, TimeProvider clock, CancellationToken cancellationToken)
    {
        var snapshot = await client.GetSnapshotAsync(new GetSnapshotRequest { Id = id }, cancellationToken: cancellationToken);
        var left = snapshot.ExpiresAt is { } expiry ? expiry.ToDateTimeOffset() - clock.GetUtcNow() : ForGood;
        context.Response.GetTypedHeaders().CacheControl = new CacheControlHeaderValue
        {
            Public = true,
            MaxAge = left > TimeSpan.Zero ? left : TimeSpan.Zero,
            Extensions = { new NameValueHeaderValue("immutable") },
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
