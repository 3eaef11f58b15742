using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using OnlineCompiler.Session.V1;
using OnlineCompiler.SessionService.Sessions;
using SessionsBase = OnlineCompiler.Session.V1.Sessions.SessionsBase;

namespace OnlineCompiler.SessionService.Grpc;

internal sealed class SessionsApi(ISessionStore store, ISnapshotStore snapshots) : SessionsBase
{
    public override async Task<SessionRecord> CreateSession(CreateSessionRequest request, ServerCallContext context)
    {
        SessionValidation.Check(request);
        var session = await store.CreateAsync(request.Owner, request.Content.ToProgram(), context.CancellationToken);
        return session.ToMessage();
    }

    public override async Task<SessionRecord> GetSession(GetSessionRequest request, ServerCallContext context)
    {
        SessionValidation.Check(request);
        ThrowIfMalformed(request.Id);
        var session = await store.GetAsync(request.Owner, request.Id, context.CancellationToken);
        return session?.ToMessage() ?? throw NotFound();
    }

    public override async Task<SessionRecord> SaveSession(SaveSessionRequest request, ServerCallContext context)
    {
        SessionValidation.Check(request);
        ThrowIfMalformed(request.Id);
        var result = await store.SaveAsync(
            request.Owner, request.Id, request.Version, request.Content.ToProgram(), context.CancellationToken);
        return result switch
        {
            SaveResult.Saved saved => saved.Session.ToMessage(),
            SaveResult.Stale stale => throw StaleVersion(stale.CurrentVersion),
            _ => throw NotFound(),
        };
    }

    public override async Task<ListSessionsResponse> ListSessions(ListSessionsRequest request, ServerCallContext context)
    {
        var cursor = SessionValidation.Check(request);
        var pageSize = request.PageSize == 0 ? SessionValidation.DefaultPageSize : (int)request.PageSize;
        var page = await store.ListAsync(request.Owner, pageSize, cursor, context.CancellationToken);
        return new ListSessionsResponse
        {
            Sessions = { page.Sessions.Select(session => session.ToMessage()) },
            NextPageToken = page.Next?.ToToken() ?? "",
        };
    }

    public override async Task<DeleteSessionResponse> DeleteSession(DeleteSessionRequest request, ServerCallContext context)
    {
        SessionValidation.Check(request);
        ThrowIfMalformed(request.Id);
        return await store.DeleteAsync(request.Owner, request.Id, context.CancellationToken)
            ? new DeleteSessionResponse()
            : throw NotFound();
    }

    public override async Task<Snapshot> CreateSnapshot(CreateSnapshotRequest request, ServerCallContext context)
    {
        SessionValidation.Check(request);
        var snapshot = await snapshots.KeepAsync(request.Content.ToProgram(), request.TimeToLive?.ToTimeSpan(), context.CancellationToken);
        return snapshot.ToMessage();
    }

    public override async Task<Snapshot> GetSnapshot(GetSnapshotRequest request, ServerCallContext context)
    {
        SessionValidation.Check(request);
        return (await FindSnapshotAsync(request.Id, context)).ToMessage();
    }

    public override async Task<SessionRecord> ForkSnapshot(ForkSnapshotRequest request, ServerCallContext context)
    {
        SessionValidation.Check(request);
        var snapshot = await FindSnapshotAsync(request.Id, context);
        var session = await store.CreateAsync(request.Owner, snapshot.Program, context.CancellationToken);
        return session.ToMessage();
    }

    private async Task<StoredSnapshot> FindSnapshotAsync(string id, ServerCallContext context)
    {
        var snapshot = SnapshotId.IsWellFormed(id) ? await snapshots.FindAsync(id, context.CancellationToken) : null;
        return snapshot ?? throw new RpcException(new global::Grpc.Core.Status(StatusCode.NotFound, "There is no such snapshot, or it has expired."));
    }

    /// <summary>What cannot be an id is the id of no session; the store is not asked.</summary>
    private static void ThrowIfMalformed(string id)
    {
        if (!SessionId.IsWellFormed(id))
            throw NotFound();
    }

    private static RpcException NotFound() =>
        new(new global::Grpc.Core.Status(StatusCode.NotFound, "There is no such session, it is not yours, or it has expired."));

    private static RpcException StaleVersion(ulong currentVersion) => new Google.Rpc.Status
    {
        Code = (int)Code.Aborted,
        Message = $"The session was saved by someone else since it was read; its version is now {currentVersion}. Nothing was changed.",
        Details =
        {
            Any.Pack(new ErrorInfo
            {
                Reason = "STALE_VERSION",
                Domain = "onlinecompiler.session",
                Metadata = { ["current_version"] = currentVersion.ToString(CultureInfo.InvariantCulture) },
            }),
        },
    }.ToRpcException();
}
