namespace OnlineCompiler.Tests.RunningCli;

/// <summary>A folder of its own, with a program in it.</summary>
internal sealed class ProgramFolder : IDisposable
{
    public ProgramFolder(params (string Path, string Content)[] files)
    {
        foreach (var (path, content) in files)
        {
            var file = System.IO.Path.Combine(Path, path);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            File.WriteAllText(file, content);
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("oc-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
