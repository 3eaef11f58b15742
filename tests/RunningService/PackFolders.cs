using System.Text.Json.Nodes;

namespace OnlineCompiler.Tests.RunningService;

/// <summary>Where the language packs are.</summary>
internal static class PackFolders
{
    public static string Root { get; } = Find();

    /// <summary>Names of the folders that hold a manifest, in order.</summary>
    public static IEnumerable<string> All =>
        Directory.GetDirectories(Root).Where(folder => File.Exists(Path.Combine(folder, "pack.json"))).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    /// <summary>Those that must be installed wherever the tests run.</summary>
    public static IReadOnlyList<string> Core { get; } =
        [.. All.Where(language => JsonNode.Parse(File.ReadAllText(Path.Combine(Root, language, "pack.json")))!["core"]?.GetValue<bool>() == true)];

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
