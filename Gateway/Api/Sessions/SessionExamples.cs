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
        CreatedAt = Created,
        ExpiresAt = null,
    };

    public static readonly SessionPage Page = new([Answer with { Files = [] }], null);
}
