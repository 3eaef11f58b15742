namespace OnlineCompiler.Gateway.Api.Sessions;

internal static class SessionExamples
{
    private static readonly DateTime Created = new(2026, 11, 23, 9, 30, 0, DateTimeKind.Utc);

    public static readonly SessionBody Body = new()
    {
        Title = "Greeter",
        Language = "python",
        Files = [new SessionFileBody { Path = "main.py", Content = "print(f\"Hello, {input()}!\")" }],
        Stdin = "Ada\n",
        Arguments = [],
        EntryPoint = "main.py",
        CompilerArguments = [],
        LanguageVersion = "3",
    };

    public static readonly SessionAnswer Answer = new()
    {
        Id = "3q2-7wAAbbCCddEEffGGhh",
        Version = 1,
        Title = "Greeter",
        Language = "python",
        Files = [new SessionFileAnswer("main.py", "print(f\"Hello, {input()}!\")")],
        Stdin = "Ada\n",
        Arguments = [],
        EntryPoint = "main.py",
        CompilerArguments = [],
        LanguageVersion = "3",
        CreatedAt = Created,
        SavedAt = Created,
        ExpiresAt = Created.AddDays(7),
    };

    public static readonly SnapshotBody SnapshotBody = new()
    {
        Title = Body.Title,
        Language = Body.Language,
        Files = Body.Files,
        Stdin = Body.Stdin,
        Arguments = Body.Arguments,
        EntryPoint = Body.EntryPoint,
        CompilerArguments = Body.CompilerArguments,
        LanguageVersion = Body.LanguageVersion,
    };

    public static readonly SnapshotAnswer Snapshot = new()
    {
        Id = "pZGm1Av0IEBK",
        Title = Answer.Title,
        Language = Answer.Language,
        Files = Answer.Files,
        Stdin = Answer.Stdin,
        Arguments = Answer.Arguments,
        EntryPoint = Answer.EntryPoint,
        CompilerArguments = Answer.CompilerArguments,
        LanguageVersion = Answer.LanguageVersion,
        CreatedAt = Created,
        ExpiresAt = null,
    };

    public static readonly SharedSnapshotAnswer Shared = new()
    {
        Id = Snapshot.Id,
        Title = Snapshot.Title,
        Language = Snapshot.Language,
        Files = Snapshot.Files,
        Stdin = Snapshot.Stdin,
        Arguments = Snapshot.Arguments,
        EntryPoint = Snapshot.EntryPoint,
        CompilerArguments = Snapshot.CompilerArguments,
        LanguageVersion = Snapshot.LanguageVersion,
        CreatedAt = Snapshot.CreatedAt,
        ExpiresAt = null,
        DeleteToken = "mJ3hV0p1c2VjcmV0LWV4YW1wbGUtMTIz",
    };

    public static readonly TitleBody Title = new() { Title = "Greeter" };

    public static readonly RunNoteBody RunNote = new()
    {
        Version = 1,
        Outcome = "succeeded",
        ExitCode = 0,
        WallTimeMs = 6.1,
        CpuTimeMs = 4.9,
        MemoryPeakBytes = 9_437_184,
    };

    public static readonly HistoryAnswer History = new(
        [new VersionAnswer(1, "Greeter", Created, 27)],
        [
            new RunNoteAnswer
            {
                Version = 1,
                Outcome = "succeeded",
                ExitCode = 0,
                CompileFailed = false,
                WallTimeMs = 6.1,
                CpuTimeMs = 4.9,
                MemoryPeakBytes = 9_437_184,
                RanAt = Created,
            },
        ]);

    public static readonly SessionPage Page = new([Answer with { Files = [] }], null);
}
