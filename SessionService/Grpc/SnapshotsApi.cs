using Grpc.Core;
using OnlineCompiler.Session.V1;
using OnlineCompiler.SessionService.Sessions;

namespace OnlineCompiler.SessionService.Grpc;

/// <summary>What is shared.</summary>
internal sealed partial class SessionsApi
{
    public override async Task<Snapshot> CreateSnapshot(CreateSnapshotRequest request, ServerCallContext context)
    {
        SessionValidation.Check(request);
        var snapshot = await snapshots.KeepAsync(
            request.Content.ToProgram(), request.TimeToLive?.ToTimeSpan(), SnapshotHolder.Of(request.DeleteToken), context.CancellationToken);
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
        return (await CreateAsync(request.Owner, snapshot.Program, context)).ToMessage();
    }

    public override async Task<DeleteSnapshotResponse> DeleteSnapshot(DeleteSnapshotRequest request, ServerCallContext context)
    {
        SessionValidation.Check(request);
        if (SnapshotHolder.Of(request.DeleteToken) is not { } holder || !SnapshotId.IsWellFormed(request.Id))
            throw NoSnapshot();
        return await snapshots.ReleaseAsync(request.Id, holder, context.CancellationToken) switch
        {
            ReleaseResult.Released => new DeleteSnapshotResponse(),
            ReleaseResult.NotHeld => throw new RpcException(
                new global::Grpc.Core.Status(StatusCode.PermissionDenied, "This token does not share the snapshot, or no longer.")),
            _ => throw NoSnapshot(),
        };
    }

    private async Task<StoredSnapshot> FindSnapshotAsync(string id, ServerCallContext context)
    {
        var snapshot = SnapshotId.IsWellFormed(id) ? await snapshots.FindAsync(id, context.CancellationToken) : null;
        return snapshot ?? throw NoSnapshot();
    }

    private static RpcException NoSnapshot() =>
        new(new global::Grpc.Core.Status(StatusCode.NotFound, "There is no such snapshot, or it has expired."));
}
