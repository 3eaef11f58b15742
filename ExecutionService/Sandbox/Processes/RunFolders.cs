namespace OnlineCompiler.ExecutionService.Sandbox.Processes;

/// <summary>
/// The folder below a service's own in which every run has one. A run's folder stays until its last process is dead, so
/// those that are left tell what still has to be killed.
/// </summary>
internal static class RunFolders
{
    public const string Name = "runs";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Removes the folders of dead services, except where runs are left that had user ids of another range than ours.</summary>
    public static void RemoveSwept(IReadOnlyList<string> left)
    {
        foreach (var folder in left.Where(folder => !HasRuns(folder)))
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (DirectoryNotFoundException)
            {
                // Another service that has just started was quicker.
            }
        }
    }

    /// <summary>The last runs remove their own folders, a moment after the launcher's end; what holds out is left to the next start.</summary>
    public static async Task RemoveWhenEmptyAsync(string directory)
    {
        for (var waited = TimeSpan.Zero; HasRuns(directory) && waited < _patience; waited += _pause)
            await Task.Delay(_pause).ConfigureAwait(false);
        if (!HasRuns(directory))
            Directory.Delete(directory, recursive: true);
    }

    private static bool HasRuns(string directory)
    {
        var runs = Path.Combine(directory, Name);
        return Directory.Exists(runs) && Directory.GetDirectories(runs).Length > 0;
    }
}
