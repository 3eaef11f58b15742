namespace OnlineCompiler.WholeApp.Tests.Application;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("whole-app-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
