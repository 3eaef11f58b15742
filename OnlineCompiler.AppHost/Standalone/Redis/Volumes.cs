using Aspire.Hosting;

namespace OnlineCompiler.AppHost.Standalone.Redis;

/// <summary>Folders in place of volumes: under <paramref name="root"/>, or, with none, temporary and gone when we are disposed.</summary>
internal sealed class Volumes(string? root) : IDisposable
{
    private readonly Lazy<string> _temporary = new(() => Directory.CreateTempSubdirectory("onlinecompiler-").FullName);
    private readonly Dictionary<string, FileStream> _claims = [];

    public string Find(string name) => Path.GetFullPath(Path.Combine(root ?? _temporary.Value, name));

    public string FindTemporary(string name) => Path.Combine(_temporary.Value, name);

    /// <summary>Makes the folder, for us to read alone, and ours until we end: two servers would spoil each other's files.</summary>
    public void Claim(string folder)
    {
        if (!OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (_claims.ContainsKey(folder))
            return;

        try
        {
            _claims.Add(folder, new FileStream(Path.Combine(folder, ".claim"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error)
        {
            throw new DistributedApplicationException($"{folder} is in use by another application that runs. Choose another folder with --data.", error);
        }
    }

    public void Dispose()
    {
        foreach (var claim in _claims.Values)
            claim.Dispose();
        if (_temporary.IsValueCreated && Directory.Exists(_temporary.Value))
            Directory.Delete(_temporary.Value, recursive: true);
    }
}
