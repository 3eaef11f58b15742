namespace OnlineCompiler.Deploy;

/// <summary>Files that travel inside this program: scripts and settings that a template holds as text.</summary>
internal static class Resources
{
    public static string Read(string name)
    {
        using var stream = typeof(Resources).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"There is no resource \"{name}\".");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
