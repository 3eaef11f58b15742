using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Executions;

/// <summary>A limit's value when a request gives none, and the most a request may ask for.</summary>
internal sealed class LimitRange
{
    public long Default { get; set; }

    public long Maximum { get; set; }
}

/// <summary>Section <c>Limits</c>: what programs may use. Defaults are those of the design's section 6.</summary>
internal sealed class LimitsOptions
{
    public const string Section = "Limits";

    private const long MiB = 1024 * 1024;

    /// <summary>Milliseconds of a run; default 10 000, maximum 60 000.</summary>
    public LimitRange RunWallTimeMs { get; set; } = new() { Default = 10_000, Maximum = 60_000 };

    /// <summary>Milliseconds of compiling; default 15 000, maximum 60 000.</summary>
    public LimitRange CompileWallTimeMs { get; set; } = new() { Default = 15_000, Maximum = 60_000 };

    /// <summary>Milliseconds of CPU time of a run; default 5 000, maximum 60 000.</summary>
    public LimitRange CpuTimeMs { get; set; } = new() { Default = 5_000, Maximum = 60_000 };

    /// <summary>Bytes of memory of a run; default 256 MiB, maximum 2 GiB.</summary>
    public LimitRange RunMemoryBytes { get; set; } = new() { Default = 256 * MiB, Maximum = 2048 * MiB };

    /// <summary>Bytes of memory of compiling; default 1 GiB, maximum 2 GiB.</summary>
    public LimitRange CompileMemoryBytes { get; set; } = new() { Default = 1024 * MiB, Maximum = 2048 * MiB };

    /// <summary>Processes and threads; default 64, maximum 512.</summary>
    public LimitRange Processes { get; set; } = new() { Default = 64, Maximum = 512 };

    /// <summary>Bytes of output and error of a stage; default 1 MiB, maximum 16 MiB.</summary>
    public LimitRange OutputBytes { get; set; } = new() { Default = MiB, Maximum = 16 * MiB };

    /// <summary>Bytes of files a stage may write; default 64 MiB, maximum 512 MiB.</summary>
    public LimitRange WorkspaceBytes { get; set; } = new() { Default = 64 * MiB, Maximum = 512 * MiB };

    /// <summary>Files and folders a stage may make. Default 4 096.</summary>
    public int WorkspaceFiles { get; set; } = 4096;

    /// <summary>Open files of a process. Default 256.</summary>
    public int OpenFiles { get; set; } = 256;

    /// <summary>Bytes of one file. Default 64 MiB.</summary>
    public long FileSizeBytes { get; set; } = 64 * MiB;

    /// <summary>Bytes of a process's stack. Default 64 MiB.</summary>
    public long StackBytes { get; set; } = 64 * MiB;

    /// <summary>How long an interactive program may wait for input. Default 5 minutes, at most 30.</summary>
    public TimeSpan InteractiveIdle { get; set; } = TimeSpan.FromMinutes(5);

    internal IEnumerable<(string Name, LimitRange Range, long Lowest)> Ranges =>
    [
        (nameof(RunWallTimeMs), RunWallTimeMs, 1),
        (nameof(CompileWallTimeMs), CompileWallTimeMs, 1),
        (nameof(CpuTimeMs), CpuTimeMs, 1),
        (nameof(RunMemoryBytes), RunMemoryBytes, RequestedLimits.LowestMemoryBytes),
        (nameof(CompileMemoryBytes), CompileMemoryBytes, RequestedLimits.LowestCompileMemoryBytes),
        (nameof(Processes), Processes, 1),
        (nameof(OutputBytes), OutputBytes, 1),
        (nameof(WorkspaceBytes), WorkspaceBytes, RequestedLimits.LowestWorkspaceBytes),
    ];
}

internal sealed class LimitsOptionsValidator : IValidateOptions<LimitsOptions>
{
    public ValidateOptionsResult Validate(string? name, LimitsOptions options)
    {
        var wrong = new List<string>();
        foreach (var (key, range, lowest) in options.Ranges)
        {
            if (range.Default < lowest || range.Default > range.Maximum)
                wrong.Add($"Limits:{key}:Default must be from {lowest} to its Maximum {range.Maximum}, not {range.Default}.");
        }
        if (options.WorkspaceFiles is < 16 or > 1_000_000)
            wrong.Add($"Limits:WorkspaceFiles must be from 16 to 1000000, not {options.WorkspaceFiles}.");
        if (options.OpenFiles is < 16 or > 65_536)
            wrong.Add($"Limits:OpenFiles must be from 16 to 65536, not {options.OpenFiles}.");
        if (options.FileSizeBytes < 1024 || options.StackBytes < 64 * 1024)
            wrong.Add("Limits:FileSizeBytes must be at least 1024 and Limits:StackBytes at least 65536.");
        if (options.InteractiveIdle < TimeSpan.FromSeconds(1) || options.InteractiveIdle > TimeSpan.FromMinutes(30))
            wrong.Add($"Limits:InteractiveIdle must be from 00:00:01 to 00:30:00, not {options.InteractiveIdle}.");
        return wrong.Count > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }
}
