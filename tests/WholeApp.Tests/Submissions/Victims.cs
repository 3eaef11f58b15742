using OnlineCompiler.WholeApp.Tests.Machine;

namespace OnlineCompiler.WholeApp.Tests.Submissions;

/// <summary>Finds what is to be killed.</summary>
internal static class Victims
{
    /// <summary>Of this application: the one that runs the marked programs, listens on its address, or keeps its data.</summary>
    public static async Task<LinuxProcess> FindAsync(string victim, string mark, OnlineCompilerApp app, string data)
    {
        LinuxProcess? found = null;
        await Eventually.TrueAsync($"{victim} is there", TimeSpan.FromSeconds(30), () => (found = victim switch
        {
            "ExecutionService" => LinuxProcess.Marked(mark).SelectMany(process => process.Ancestors()).FirstOrDefault(process => IsService(process, victim)),
            "Gateway" => LinuxProcess.All().FirstOrDefault(process => IsService(process, victim) && HasVariable(process, $":{app.Address.Port}")),
            _ => LinuxProcess.All().FirstOrDefault(process => process.CommandLine.Contains(victim, StringComparison.Ordinal) && FolderOf(process) == data),
        }) is not null);
        return found!;
    }

    private static bool IsService(LinuxProcess process, string name) =>
        process.CommandLine.Contains($"{name}.dll", StringComparison.Ordinal) || process.CommandLine.EndsWith($"{name} ", StringComparison.Ordinal);

    private static bool HasVariable(LinuxProcess process, string ending)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/environ").Split('\0').Any(variable => variable.StartsWith("ASPNETCORE_URLS=", StringComparison.Ordinal) && variable.EndsWith(ending, StringComparison.Ordinal));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string? FolderOf(LinuxProcess process)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{process.Id}/cwd", returnFinalTarget: false)?.FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
