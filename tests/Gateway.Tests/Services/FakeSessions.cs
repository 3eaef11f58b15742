using Grpc.Core;
using OnlineCompiler.Session.V1;

namespace OnlineCompiler.Gateway.Tests.Services;

/// <summary>A session service that answers with what a test says, and remembers what it was asked.</summary>
internal sealed class FakeSessions : Sessions.SessionsBase
{
    public Google.Protobuf.IMessage? LastRequest { get; private set; }

    public RpcException? Failure { get; set; }

    /// <summary>The only owner who has any session; null when everybody has.</summary>
    public Func<string, bool>? IsOwner { get; set; }

    public SessionRecord Record { get; set; } = new();

    public ListSessionsResponse Page { get; set; } = new();

    public Snapshot Snapshot { get; set; } = new();

    public History History { get; set; } = new();

    public override Task<SessionRecord> CreateSession(CreateSessionRequest request, ServerCallContext context) => Answer(request, Record);

    public override Task<SessionRecord> GetSession(GetSessionRequest request, ServerCallContext context) => Answer(request, Record);

    public override Task<SessionRecord> SaveSession(SaveSessionRequest request, ServerCallContext context) => Answer(request, Record);

    public override Task<ListSessionsResponse> ListSessions(ListSessionsRequest request, ServerCallContext context) => Answer(request, Page);

    public override Task<DeleteSessionResponse> DeleteSession(DeleteSessionRequest request, ServerCallContext context) =>
        Answer(request, new DeleteSessionResponse());

    public override Task<Snapshot> CreateSnapshot(CreateSnapshotRequest request, ServerCallContext context) => Answer(request, Snapshot);

    public override Task<Snapshot> GetSnapshot(GetSnapshotRequest request, ServerCallContext context) => Answer(request, Snapshot);

    public override Task<SessionRecord> ForkSnapshot(ForkSnapshotRequest request, ServerCallContext context) => Answer(request, Record);

    public override Task<DeleteSnapshotResponse> DeleteSnapshot(DeleteSnapshotRequest request, ServerCallContext context) =>
        Answer(request, new DeleteSnapshotResponse());

    public override Task<SessionRecord> RenameSession(RenameSessionRequest request, ServerCallContext context) => Answer(request, Record);

    public override Task<SessionRecord> CopySession(CopySessionRequest request, ServerCallContext context) => Answer(request, Record);

    public override Task<History> GetHistory(GetHistoryRequest request, ServerCallContext context) => Answer(request, History);

    public override Task<SessionRecord> GetVersion(GetVersionRequest request, ServerCallContext context) => Answer(request, Record);

    public override Task<AddRunResponse> AddRun(AddRunRequest request, ServerCallContext context) => Answer(request, new AddRunResponse());

    private Task<T> Answer<T>(Google.Protobuf.IMessage request, T answer)
    {
        LastRequest = request;
        if (IsOwner?.Invoke(OwnerOf(request)) is false)
            throw new RpcException(new Status(StatusCode.NotFound, "no such session"));
        return Failure is null ? Task.FromResult(answer) : throw Failure;
    }

    private static string OwnerOf(Google.Protobuf.IMessage request) =>
        (string)request.Descriptor.FindFieldByName("owner").Accessor.GetValue(request);
}
