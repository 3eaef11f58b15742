namespace OnlineCompiler.Tests.RunningService;

/// <summary>Where the language packs are.</summary>
internal static class PackFolders
{
    public static string Root { get; } = Find();

    /// <summary>Names of the folders that hold a manifest, in order.</summary>
    public static IEnumerable<string> All =>
        Directory.GetDirectories(Root).Where(folder => File.Exists(Path.Combine(folder, "pack.json"))).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    public static IEnumerable<string> CasesOf(string language) =>
        Directory.Exists(Path.Combine(Root, language, "tests")) ? Directory.GetFiles(Path.Combine(Root, language, "tests"), "*.json").Order(StringComparer.Ordinal) : [];

    private static string Find()
    {
        var directory = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Combine(directory, "ExecutionService", "packs")))
            directory = Path.GetDirectoryName(directory) ?? throw new DirectoryNotFoundException("The packs are not above the tests.");
        return Path.Combine(directory, "ExecutionService", "packs");
    }
}
