using System.Text.Json;

namespace OnlineCompiler.Gateway.Problems;

/// <summary>Turns a field of a gRPC request into the member of the JSON body that it came from.</summary>
internal static class FieldPath
{
    // Members whose JSON name is shorter than the field's; everything else differs in case alone.
    private static readonly Dictionary<string, string> Renamed = new()
    {
        ["wall_time_limit_ms"] = "wallTimeMs",
        ["cpu_time_limit_ms"] = "cpuTimeMs",
        ["memory_limit_bytes"] = "memoryBytes",
        ["process_limit"] = "processes",
        ["output_limit_bytes"] = "outputBytes",
        ["workspace_limit_bytes"] = "workspaceBytes",
        ["compile_wall_time_limit_ms"] = "compileWallTimeMs",
        ["compile_memory_limit_bytes"] = "compileMemoryBytes",
    };

    // Messages that wrap what is the whole body in JSON.
    private static readonly string[] Wrappers = ["content.", "start."];

    /// <summary>E.g. <c>limits.wall_time_limit_ms</c> → <c>limits.wallTimeMs</c>.</summary>
    public static string ToJson(string field)
    {
        var wrapper = Array.Find(Wrappers, wrapper => field.StartsWith(wrapper, StringComparison.Ordinal));
        return string.Join('.', field[(wrapper?.Length ?? 0)..].Split('.').Select(ToMember));
    }

    private static string ToMember(string segment)
    {
        var index = segment.IndexOf('[', StringComparison.Ordinal);
        var name = index < 0 ? segment : segment[..index];
        var rest = index < 0 ? "" : segment[index..];
        return (Renamed.GetValueOrDefault(name) ?? ToCamelCase(name)) + rest;
    }

    private static string ToCamelCase(string name) =>
        JsonNamingPolicy.CamelCase.ConvertName(string.Concat(
            name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..])));
}
