using Google.Protobuf.WellKnownTypes;
using OnlineCompiler.Session.V1;
using OnlineCompiler.SessionService.Sessions;

namespace OnlineCompiler.SessionService.Grpc;

/// <summary>Between the messages of the proto and the domain.</summary>
internal static class SessionMessages
{
    private const string DefaultTitle = "Untitled";

    /// <summary>A checked content, with its defaults filled in.</summary>
    public static SavedProgram ToProgram(this SessionContent content) => new(
        content.Title.Length == 0 ? DefaultTitle : content.Title,
        content.Language,
        content.EntryPoint.Length == 0 ? content.Files[0].Path : content.EntryPoint,
        [.. content.Files.Select(file => new SavedFile(file.Path, file.Content))],
        content.Stdin,
        [.. content.Arguments]);

    public static SessionRecord ToMessage(this StoredSession session) => new()
    {
        Id = session.Id,
        Version = session.Version,
        Content = new SessionContent
        {
            Title = session.Program.Title,
            Language = session.Program.Language,
            Files = { session.Program.Files.Select(file => new SessionFile { Path = file.Path, Content = file.Content }) },
            Stdin = session.Program.Stdin,
            Arguments = { session.Program.Arguments },
            EntryPoint = session.Program.EntryPoint,
        },
        CreatedAt = session.CreatedAt.ToTimestamp(),
        SavedAt = session.SavedAt.ToTimestamp(),
        ExpiresAt = session.ExpiresAt.ToTimestamp(),
    };

    public static SessionRecord ToMessage(this SessionSummary session) => new()
    {
        Id = session.Id,
        Version = session.Version,
        Content = new SessionContent { Title = session.Title, Language = session.Language, EntryPoint = session.EntryPoint },
        CreatedAt = session.CreatedAt.ToTimestamp(),
        SavedAt = session.SavedAt.ToTimestamp(),
        ExpiresAt = session.ExpiresAt.ToTimestamp(),
    };
}
