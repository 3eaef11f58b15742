namespace OnlineCompiler.SessionService.Sessions;

/// <summary>A program as its owner left it.</summary>
/// <param name="CompilerArguments">Null: none. So that a program without them is kept, and named, as it was before there were any.</param>
/// <param name="LanguageVersion">Null: any.</param>
internal sealed record SavedProgram(
    string Title, string Language, string EntryPoint, IReadOnlyList<SavedFile> Files, string Stdin, IReadOnlyList<string> Arguments,
    IReadOnlyList<string>? CompilerArguments = null, string? LanguageVersion = null);

internal sealed record SavedFile(string Path, string Content);

/// <param name="Version">1 when made, one more with each save.</param>
/// <param name="ExpiresAt">When it will be forgotten unless read or saved before.</param>
internal sealed record StoredSession(
    string Id, ulong Version, SavedProgram Program, DateTimeOffset CreatedAt, DateTimeOffset SavedAt, DateTimeOffset ExpiresAt);

/// <summary>What a list shows: a hundred whole programs would not fit into one answer.</summary>
internal sealed record SessionSummary(
    string Id, ulong Version, string Title, string Language, string EntryPoint,
    DateTimeOffset CreatedAt, DateTimeOffset SavedAt, DateTimeOffset ExpiresAt);

/// <param name="Next">Where the next page starts, or null on the last page.</param>
internal sealed record SessionPage(IReadOnlyList<SessionSummary> Sessions, SessionCursor? Next);
