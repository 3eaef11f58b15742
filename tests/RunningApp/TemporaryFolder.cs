namespace OnlineCompiler.Tests.RunningApp;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("whole-app-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
