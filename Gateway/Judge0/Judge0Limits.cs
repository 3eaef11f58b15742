using System.ComponentModel.DataAnnotations;

namespace OnlineCompiler.Gateway.Judge0;

/// <summary>
/// What a program gets that asks for nothing, and the most that one may ask for: Judge0's, up to what the ExecutionService's
/// <c>Limits</c> allow. Bound from <c>Gateway:Judge0:Limits</c>.
/// </summary>
internal sealed class Judge0Limits
{
    public const string Section = Judge0Options.Section + ":Limits";
    private const string RangeMessage = Section + ":{0} must be from {1} to {2}.";

    /// <summary>Seconds; 0-45, default 5.</summary>
    [Range(0.0, 45.0, ErrorMessage = RangeMessage)]
    public double CpuTimeSeconds { get; set; } = 5;

    /// <summary>Seconds; 0-45, default 15.</summary>
    [Range(0.0, 45.0, ErrorMessage = RangeMessage)]
    public double MaxCpuTimeSeconds { get; set; } = 15;

    /// <summary>Seconds that a program may go on after its time; 0-15, default 1.</summary>
    [Range(0.0, 15.0, ErrorMessage = RangeMessage)]
    public double CpuExtraSeconds { get; set; } = 1;

    /// <summary>Seconds; 0-15, default 5.</summary>
    [Range(0.0, 15.0, ErrorMessage = RangeMessage)]
    public double MaxCpuExtraSeconds { get; set; } = 5;

    /// <summary>Seconds; 1-60, default 10.</summary>
    [Range(1.0, 60.0, ErrorMessage = RangeMessage)]
    public double WallTimeSeconds { get; set; } = 10;

    /// <summary>Seconds; 1-60, default 20.</summary>
    [Range(1.0, 60.0, ErrorMessage = RangeMessage)]
    public double MaxWallTimeSeconds { get; set; } = 20;

    /// <summary>KiB; 2 048-2 097 152, default 128 000.</summary>
    [Range(2_048, 2_097_152, ErrorMessage = RangeMessage)]
    public int MemoryKiB { get; set; } = 128_000;

    /// <summary>KiB; 2 048-2 097 152, default 512 000.</summary>
    [Range(2_048, 2_097_152, ErrorMessage = RangeMessage)]
    public int MaxMemoryKiB { get; set; } = 512_000;

    /// <summary>KiB; 0-2 097 152, default 64 000. Checked and told; every program has the ExecutionService's <c>Limits:StackBytes</c>.</summary>
    [Range(0, 2_097_152, ErrorMessage = RangeMessage)]
    public int StackKiB { get; set; } = 64_000;

    /// <summary>KiB; 0-2 097 152, default 128 000.</summary>
    [Range(0, 2_097_152, ErrorMessage = RangeMessage)]
    public int MaxStackKiB { get; set; } = 128_000;

    /// <summary>Processes and threads; 1-512, default 60.</summary>
    [Range(1, 512, ErrorMessage = RangeMessage)]
    public int Processes { get; set; } = 60;

    /// <summary>Processes and threads; 1-512, default 120.</summary>
    [Range(1, 512, ErrorMessage = RangeMessage)]
    public int MaxProcesses { get; set; } = 120;

    /// <summary>KiB of each output stream; 0-8 192, default 1 024.</summary>
    [Range(0, 8_192, ErrorMessage = RangeMessage)]
    public int FileSizeKiB { get; set; } = 1_024;

    /// <summary>KiB of each output stream; 0-8 192, default 4 096.</summary>
    [Range(0, 8_192, ErrorMessage = RangeMessage)]
    public int MaxFileSizeKiB { get; set; } = 4_096;

    /// <summary>How often a program is run; 1-20, default 1.</summary>
    [Range(1, 20, ErrorMessage = RangeMessage)]
    public int Runs { get; set; } = 1;

    /// <summary>How often a program is run; 1-20, default 20.</summary>
    [Range(1, 20, ErrorMessage = RangeMessage)]
    public int MaxRuns { get; set; } = 20;
}
