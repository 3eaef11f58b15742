namespace OnlineCompiler.AppHost.Standalone.Redis;

/// <summary>Folders in place of volumes: under <paramref name="root"/>, or, with none, temporary and gone when we are disposed.</summary>
internal sealed class Volumes(string? root) : IDisposable
{
    private readonly Lazy<string> _temporary = new(() => Directory.CreateTempSubdirectory("onlinecompiler-").FullName);

    public string Open(string name) => Path.GetFullPath(Path.Combine(root ?? _temporary.Value, name));

    public string OpenTemporary(string name) => Path.Combine(_temporary.Value, name);

    public void Dispose()
    {
        if (_temporary.IsValueCreated && Directory.Exists(_temporary.Value))
            Directory.Delete(_temporary.Value, recursive: true);
    }
}
