namespace OnlineCompiler.ExecutionService.Sandbox.Processes;

/// <summary>Programs see folders where they are, as users of no group: every folder on the way must let them pass.</summary>
internal static class OpenFolders
{
    /// <exception cref="SandboxUnavailableException">One of them is closed; the message says which.</exception>
    public static void Require(params IReadOnlyList<string> directories)
    {
        foreach (var directory in directories.Where(Directory.Exists))
        {
            for (var folder = new DirectoryInfo(directory); folder is not null; folder = folder.Parent)
            {
                if (!folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                {
                    throw new SandboxUnavailableException(
                        $"Without namespaces programs see {directory} where it is, but {folder.FullName} is closed to other users: "
                        + $"open it (chmod o+x {folder.FullName}), or put the service, its toolchains (Sandbox:ToolchainsDirectory) and its state (Sandbox:StateDirectory) elsewhere.");
                }
            }
        }
    }
}
