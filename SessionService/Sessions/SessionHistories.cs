using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnlineCompiler.SessionService.Sessions;

/// <summary>Reads and writes the history of sessions. Whose a session is has been found out before.</summary>
internal sealed class SessionHistories(IHistoryStore store, ILogger<SessionHistories> logger)
{
    private const int MaxTries = 5;

    public async Task<SessionHistory> ReadAsync(string sessionId, CancellationToken cancellationToken) =>
        await store.ReadAsync(sessionId, cancellationToken) is { } document ? HistoryJson.Deserialize(document.Body) : SessionHistory.Empty;

    /// <summary>A program is saved by now: that its history is not must not fail the call.</summary>
    public Task NoteAsync(StoredSession saved, CancellationToken cancellationToken) =>
        NeverFailAsync(() => ChangeAsync(saved.Id, history => history.With(saved), cancellationToken));

    public Task NoteAsync(string sessionId, SessionRun run, CancellationToken cancellationToken) =>
        ChangeAsync(sessionId, history => history.With(run), cancellationToken);

    public Task RenewAsync(string sessionId, CancellationToken cancellationToken) =>
        NeverFailAsync(() => store.RenewAsync(sessionId, cancellationToken));

    public Task ForgetAsync(string sessionId, CancellationToken cancellationToken) =>
        NeverFailAsync(() => store.RemoveAsync(sessionId, cancellationToken));

    private async Task ChangeAsync(string sessionId, Func<SessionHistory, SessionHistory> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var document = await store.ReadAsync(sessionId, cancellationToken);
            var history = change(document is null ? SessionHistory.Empty : HistoryJson.Deserialize(document.Body));
            if (await store.WriteAsync(sessionId, document?.Revision ?? 0, HistoryJson.Serialize(history), cancellationToken))
                return;
        }
        logger.HistoryLeftBehind(null);
    }

    private async Task NeverFailAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (SessionStoreUnavailableException exception)
        {
            logger.HistoryLeftBehind(exception);
        }
    }
}

/// <summary>A whole history as one document, compressed: versions of a program are much alike.</summary>
[JsonSerializable(typeof(SessionHistory))]
internal sealed partial class HistoryJson : JsonSerializerContext
{
    private static readonly HistoryJson Json = new(
        new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        });

    public static byte[] Serialize(SessionHistory history)
    {
        using var target = new MemoryStream();
        using (var compressed = new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true))
            JsonSerializer.Serialize(compressed, history, Json.SessionHistory);
        return target.ToArray();
    }

    public static SessionHistory Deserialize(byte[] body)
    {
        using var source = new BrotliStream(new MemoryStream(body), CompressionMode.Decompress);
        return JsonSerializer.Deserialize(source, Json.SessionHistory)!;
    }
}
