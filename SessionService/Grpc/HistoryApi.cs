using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OnlineCompiler.Session.V1;
using OnlineCompiler.SessionService.Sessions;
using RunMessage = OnlineCompiler.Session.V1.SessionRun;
using StoredRun = OnlineCompiler.SessionService.Sessions.SessionRun;

namespace OnlineCompiler.SessionService.Grpc;

/// <summary>What became of a session. Reading it makes sure whose it is, and renews it.</summary>
internal sealed partial class SessionsApi
{
    public override async Task<History> GetHistory(GetHistoryRequest request, ServerCallContext context)
    {
        SessionValidation.Check(request);
        var session = await FindAsync(request.Owner, request.Id, context);
        var history = await histories.ReadAsync(session.Id, context.CancellationToken);
        return new History
        {
            Versions = { history.Versions.Reverse().Select(ToMessage) },
            Runs = { history.Runs.Reverse().Select(ToMessage) },
        };
    }

    public override async Task<SessionRecord> GetVersion(GetVersionRequest request, ServerCallContext context)
    {
        SessionValidation.Check(request);
        var session = await FindAsync(request.Owner, request.Id, context);
        if (session.Version == request.Version)
            return session.ToMessage();
        var history = await histories.ReadAsync(session.Id, context.CancellationToken);
        var kept = history.Versions.FirstOrDefault(kept => kept.Version == request.Version)
            ?? throw new RpcException(new global::Grpc.Core.Status(StatusCode.NotFound, "This version of the session is not kept, or no longer."));
        return (session with { Version = kept.Version, Program = kept.Program, SavedAt = kept.SavedAt }).ToMessage();
    }

    public override async Task<AddRunResponse> AddRun(AddRunRequest request, ServerCallContext context)
    {
        SessionValidation.Check(request);
        var session = await FindAsync(request.Owner, request.Id, context);
        await histories.NoteAsync(session.Id, ToRun(request.Run, time.GetUtcNow()), context.CancellationToken);
        return new AddRunResponse();
    }

    private static VersionSummary ToMessage(KeptVersion kept) => new()
    {
        Version = kept.Version,
        Title = kept.Program.Title,
        SavedAt = kept.SavedAt.ToTimestamp(),
        ContentBytes = (ulong)kept.ContentBytes(),
    };

    private static RunMessage ToMessage(StoredRun run)
    {
        var message = new RunMessage
        {
            Version = run.Version,
            Outcome = run.Outcome,
            WallTimeUs = run.WallTimeUs,
            CpuTimeUs = run.CpuTimeUs,
            MemoryPeakBytes = run.MemoryPeakBytes,
            RanAt = run.RanAt.ToTimestamp(),
            CompileFailed = run.CompileFailed,
        };
        if (run.ExitCode is { } code)
            message.ExitCode = code;
        return message;
    }

    private static StoredRun ToRun(RunMessage run, DateTimeOffset now) => new(
        run.Version, run.Outcome, run.HasExitCode ? run.ExitCode : null, run.WallTimeUs, run.CpuTimeUs, run.MemoryPeakBytes, now, run.CompileFailed);
}
