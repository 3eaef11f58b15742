using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Programs;

/// <summary>The files of a program as they are sent, the first one first.</summary>
/// <param name="Files">At least one.</param>
/// <param name="IsFolder">Whether they are a whole folder's, of which none was named as the first.</param>
internal sealed record ProgramFiles(IReadOnlyList<SourceFile> Files, bool IsFolder)
{
    /// <summary>Hidden files are not part of a program, and links could lead anywhere.</summary>
    private static readonly EnumerationOptions Visible = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    /// <summary>Reads files and whole folders. They keep their places to each other: paths start at the deepest folder that holds all.</summary>
    /// <exception cref="ProgramException">A file is not there, cannot be read, or they are too many or too large.</exception>
    public static async Task<ProgramFiles> ReadAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        // Named twice, or once and once as part of a folder, is still one file.
        var files = paths.SelectMany(Find).Distinct().Take(ExecutionRequest.MaxFiles + 1).ToList();
        if (files.Count > ExecutionRequest.MaxFiles)
            throw new ProgramException($"a program may have at most {ExecutionRequest.MaxFiles} files; name those that it needs");
        if (files.Sum(file => file.Length) > ExecutionRequest.MaxFilesBytes)
            throw new ProgramException($"the files of a program may have at most {ExecutionRequest.MaxFilesBytes >> 20} MiB together");

        var isFolder = paths.Count == 1 && Directory.Exists(paths[0]);
        var folder = isFolder ? Path.GetFullPath(paths[0]) : FolderOfAll(files);
        var sources = new List<SourceFile>();
        foreach (var file in files)
            sources.Add(new SourceFile(Path.GetRelativePath(folder, file.FullName).Replace(Path.DirectorySeparatorChar, '/'), await ReadAsync(file, cancellationToken)));
        return new ProgramFiles(sources, isFolder);
    }

    private static IEnumerable<ProgramFile> Find(string path)
    {
        if (File.Exists(path))
            return [new ProgramFile(Path.GetFullPath(path))];
        if (!Directory.Exists(path))
            throw new ProgramException($"there is no file \"{path}\"");

        // One more than allowed is enough to know; nobody waits for a home folder to be listed.
        var files = Directory.EnumerateFiles(path, "*", Visible).Take(ExecutionRequest.MaxFiles + 1).Select(Path.GetFullPath).ToList();
        if (files.Count == 0)
            throw new ProgramException($"there are no files in \"{path}\"");
        return files.Order(StringComparer.Ordinal).Select(file => new ProgramFile(file));
    }

    private static string FolderOfAll(List<ProgramFile> files)
    {
        var folder = Path.GetDirectoryName(files[0].FullName)!;
        while (!files.TrueForAll(file => file.FullName.StartsWith(WithSeparator(folder), StringComparison.Ordinal)))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    private static string WithSeparator(string folder) => Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;

    private static async Task<TextOrBytes> ReadAsync(ProgramFile file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(file.FullName, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProgramException($"\"{file.FullName}\" cannot be read: {exception.Message}");
        }
    }

    private sealed record ProgramFile(string FullName)
    {
        public long Length => new FileInfo(FullName).Length;
    }
}
