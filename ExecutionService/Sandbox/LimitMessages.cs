using System.Globalization;

namespace OnlineCompiler.ExecutionService.Sandbox;

/// <summary>One sentence for each limit, naming its value.</summary>
internal static class LimitMessages
{
    public static string WallTime(SandboxLimits limits) => WallTime(limits.WallTime ?? TimeSpan.Zero);

    public static string WallTime(TimeSpan limit) => $"Stopped: it ran longer than the wall-time limit of {Seconds(limit)}.";

    public static string CpuTime(SandboxLimits limits) => $"Stopped: it used more than the CPU-time limit of {Seconds(limits.CpuTime)}.";

    public static string Memory(SandboxLimits limits) => $"Stopped: it needed more than the memory limit of {Bytes(limits.MemoryBytes)}.";

    public static string Output(SandboxLimits limits) => $"Stopped: it printed more than the output limit of {Bytes(limits.OutputBytes)}.";

    public static string Workspace(SandboxLimits limits) =>
        $"It filled the workspace, whose limit is {Bytes(limits.WorkspaceBytes)} in {limits.WorkspaceFiles} files.";

    public static string Idle(TimeSpan limit) => $"Closed: nothing was typed for {Seconds(limit)}.";

    public static string Bytes(long bytes) =>
        bytes >= 1024 * 1024 ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.##} MiB")
        : bytes >= 1024 ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.##} KiB")
        : $"{bytes} bytes";

    private static string Seconds(TimeSpan limit) => string.Create(CultureInfo.InvariantCulture, $"{limit.TotalSeconds:0.###} s");
}
