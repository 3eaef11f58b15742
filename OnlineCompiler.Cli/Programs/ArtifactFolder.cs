using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Programs;

/// <summary>Where files that a program left are written. Their paths are the program's, which is not trusted: none leads out.</summary>
internal sealed class ArtifactFolder(DirectoryInfo folder)
{
    /// <exception cref="ProgramException">The path leads out, or the file cannot be written.</exception>
    public async Task WriteAsync(Artifact artifact, CancellationToken cancellationToken)
    {
        var root = folder.FullName.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(root, artifact.Path));
        if (!path.StartsWith(root, StringComparison.Ordinal) || path.Length == root.Length)
            throw new ProgramException($"\"{artifact.Path}\" was not written, for it leads out of \"{folder}\"");

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, artifact.Content.Bytes, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProgramException($"\"{path}\" cannot be written: {exception.Message}");
        }
    }
}
