using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using OnlineCompiler.Session.V1;
using OnlineCompiler.SessionService.Sessions;
using SessionsBase = OnlineCompiler.Session.V1.Sessions.SessionsBase;

namespace OnlineCompiler.SessionService.Grpc;

internal sealed partial class SessionsApi(ISessionStore store, ISnapshotStore snapshots, SessionHistories histories, TimeProvider time) : SessionsBase
{
    private const int MaxRenameTries = 5;

    public override async Task<SessionRecord> CreateSession(CreateSessionRequest request, ServerCallContext context)
    {
        SessionValidation.Check(request);
        return (await CreateAsync(request.Owner, request.Content.ToProgram(), context)).ToMessage();
    }

    public override async Task<SessionRecord> GetSession(GetSessionRequest request, ServerCallContext context)
    {
        SessionValidation.Check(request);
        var session = await FindAsync(request.Owner, request.Id, context);
        await histories.RenewAsync(session.Id, context.CancellationToken);
        return session.ToMessage();
    }

    public override async Task<SessionRecord> SaveSession(SaveSessionRequest request, ServerCallContext context)
    {
        SessionValidation.Check(request);
        ThrowIfMalformed(request.Id);
        var result = await store.SaveAsync(
            request.Owner, request.Id, request.Version, request.Content.ToProgram(), context.CancellationToken);
        var session = result switch
        {
            SaveResult.Saved saved => saved.Session,
            SaveResult.Stale stale => throw StaleVersion(stale.CurrentVersion),
            _ => throw NotFound(),
        };
        await histories.NoteAsync(session, context.CancellationToken);
        return session.ToMessage();
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
        if (!await store.DeleteAsync(request.Owner, request.Id, context.CancellationToken))
            throw NotFound();
        await histories.ForgetAsync(request.Id, context.CancellationToken);
        return new DeleteSessionResponse();
    }

    public override async Task<SessionRecord> RenameSession(RenameSessionRequest request, ServerCallContext context)
    {
        SessionValidation.Check(request);
        for (var attempt = 1; ; attempt++)
        {
            var session = await FindAsync(request.Owner, request.Id, context);
            if (session.Program.Title == request.Title)
                return session.ToSummary();
            var result = await store.SaveAsync(
                request.Owner, request.Id, session.Version, session.Program with { Title = request.Title }, context.CancellationToken);
            switch (result)
            {
                case SaveResult.Saved saved:
                    await histories.NoteAsync(saved.Session, context.CancellationToken);
                    return saved.Session.ToSummary();
                case SaveResult.Missing:
                    throw NotFound();
                // Somebody is typing into it: their text stays, under the new title.
                case SaveResult.Stale stale when attempt == MaxRenameTries:
                    throw StaleVersion(stale.CurrentVersion);
            }
        }
    }

    public override async Task<SessionRecord> CopySession(CopySessionRequest request, ServerCallContext context)
    {
        SessionValidation.Check(request);
        var session = await FindAsync(request.Owner, request.Id, context);
        var program = request.Title.Length == 0 ? session.Program : session.Program with { Title = request.Title };
        return (await CreateAsync(request.Owner, program, context)).ToMessage();
    }

    private async Task<StoredSession> CreateAsync(string owner, SavedProgram program, ServerCallContext context)
    {
        var session = await store.CreateAsync(owner, program, context.CancellationToken);
        await histories.NoteAsync(session, context.CancellationToken);
        return session;
    }

    private async Task<StoredSession> FindAsync(string owner, string id, ServerCallContext context)
    {
        ThrowIfMalformed(id);
        return await store.GetAsync(owner, id, context.CancellationToken) ?? throw NotFound();
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
