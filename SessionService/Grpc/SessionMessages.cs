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
        [.. content.Arguments],
        content.CompilerArguments.Count == 0 ? null : [.. content.CompilerArguments],
        content.LanguageVersion.Length == 0 ? null : content.LanguageVersion);

    public static SessionRecord ToMessage(this StoredSession session) => new()
    {
        Id = session.Id,
        Version = session.Version,
        Content = session.Program.ToContent(),
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

    public static Snapshot ToMessage(this StoredSnapshot snapshot) => new()
    {
        Id = snapshot.Id,
        Content = snapshot.Program.ToContent(),
        CreatedAt = snapshot.CreatedAt.ToTimestamp(),
        ExpiresAt = snapshot.ExpiresAt?.ToTimestamp(),
    };

    /// <summary>As in lists, after a change that the caller knows the rest of.</summary>
    public static SessionRecord ToSummary(this StoredSession session)
    {
        var record = session.ToMessage();
        record.Content = new SessionContent
        {
            Title = session.Program.Title, Language = session.Program.Language, EntryPoint = session.Program.EntryPoint,
        };
        return record;
    }

    private static SessionContent ToContent(this SavedProgram program) => new()
    {
        Title = program.Title,
        Language = program.Language,
        Files = { program.Files.Select(file => new SessionFile { Path = file.Path, Content = file.Content }) },
        Stdin = program.Stdin,
        Arguments = { program.Arguments },
        EntryPoint = program.EntryPoint,
        CompilerArguments = { program.CompilerArguments ?? [] },
        LanguageVersion = program.LanguageVersion ?? "",
    };
}
