using System.Text.Json;

namespace OnlineCompiler.AppHost.Standalone.Variables;

/// <summary>A profile in a project's <c>Properties/launchSettings.json</c>.</summary>
internal sealed record LaunchProfile(string Name, IReadOnlyList<Uri> ApplicationUrls, IReadOnlyDictionary<string, string> Variables)
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The profile called <paramref name="wanted"/> when there is one, otherwise the first that runs the project.</summary>
    public static LaunchProfile? Find(string projectPath, string? wanted)
    {
        var file = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        if (!File.Exists(file))
            return null;

        using var settings = JsonDocument.Parse(File.ReadAllText(file), Lenient);
        if (!settings.RootElement.TryGetProperty("profiles", out var profiles))
            return null;

        var runnable = profiles.EnumerateObject().Where(profile => Text(profile.Value, "commandName") == "Project").ToList();
        var chosen = runnable.Where(profile => profile.Name == wanted).Concat(runnable).Take(1).ToList();
        return chosen is [var only] ? Read(only) : null;
    }

    private static LaunchProfile Read(JsonProperty profile) => new(
        profile.Name,
        [.. (Text(profile.Value, "applicationUrl") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(url => new Uri(url))],
        profile.Value.TryGetProperty("environmentVariables", out var variables)
            ? variables.EnumerateObject().ToDictionary(variable => variable.Name, variable => Environment.ExpandEnvironmentVariables(variable.Value.GetString() ?? ""))
            : []);

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
