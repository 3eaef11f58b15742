namespace OnlineCompiler.ExecutionService.Compilation;

/// <summary>
/// Compilations on disk, a file for each, named by its key. Files appear whole (written beside, then renamed), are checked
/// when read, and go when they are wrong or others need the room. Several services may share the folder.
/// </summary>
/// <param name="folder">See <see cref="PrivateFolder"/>.</param>
/// <param name="capacityBytes">Of all files together.</param>
/// <param name="time">Tells when a file was used last.</param>
/// <param name="logger">Told of wrong files.</param>
internal sealed class CompilationFiles(string folder, long capacityBytes, TimeProvider time, ILogger logger)
{
    private const string Unfinished = ".new";

    private static readonly TimeSpan _abandonedAfter = TimeSpan.FromHours(1);

    private readonly Lock _sweeping = new();
    private long _bytes = Files(folder).Sum(file => file.Length);

    /// <summary>Of all files, as far as this service knows.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Null when there is none, or none that is sound.</summary>
    public async Task<KeptCompilation?> ReadAsync(CompileKey key, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        try
        {
            if (!File.Exists(path))
                return null;
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            if (CompilationFormat.Read(key, bytes) is { } compilation)
            {
                File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
                return compilation;
            }
            logger.CompilationDamaged(key.Text);
            File.Delete(path);
            Interlocked.Add(ref _bytes, -bytes.Length);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another service that shares the folder was faster to sweep it.
            return null;
        }
    }

    /// <summary>Never fails: what cannot be kept is compiled again.</summary>
    public void Write(CompileKey key, KeptCompilation compilation)
    {
        try
        {
            Interlocked.Add(ref _bytes, Place(PathOf(key), CompilationFormat.Write(key, compilation)));
            if (Bytes > capacityBytes)
                Sweep();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A full disk, or a folder that an operator has just removed.
            logger.CompilationNotKept(exception.Message);
        }
    }

    /// <summary>How many bytes more there are on disk now.</summary>
    private static long Place(string path, byte[] bytes)
    {
        var beside = $"{path}.{Guid.NewGuid():N}{Unfinished}";
        try
        {
            File.WriteAllBytes(beside, bytes);
            var isNew = !File.Exists(path);
            File.Move(beside, path, overwrite: true);
            return isNew ? bytes.Length : 0;
        }
        catch
        {
            if (File.Exists(beside))
                File.Delete(beside);
            throw;
        }
    }

    /// <summary>Removes those not used for longest until a tenth of the room is free, so that this happens now and then only.</summary>
    private void Sweep()
    {
        lock (_sweeping)
        {
            var files = Files(folder).OrderByDescending(file => file.LastWriteTimeUtc).ToList();
            var abandoned = time.GetUtcNow().UtcDateTime - _abandonedAfter;
            var kept = 0L;
            foreach (var file in files)
            {
                var isAbandoned = file.Name.EndsWith(Unfinished, StringComparison.Ordinal) && file.LastWriteTimeUtc < abandoned;
                if (!isAbandoned && kept + file.Length <= capacityBytes / 10 * 9)
                    kept += file.Length;
                else
                    file.Delete();
            }
            Interlocked.Exchange(ref _bytes, kept);
        }
    }

    private static IEnumerable<FileInfo> Files(string folder) => new DirectoryInfo(folder).EnumerateFiles();

    private string PathOf(CompileKey key) => Path.Combine(folder, key.Text);
}
