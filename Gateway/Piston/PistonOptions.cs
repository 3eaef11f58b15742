using System.ComponentModel.DataAnnotations;

namespace OnlineCompiler.Gateway.Piston;

/// <summary>How the drop-in for Piston behaves. Bound from <c>Gateway:Piston</c>.</summary>
internal sealed class PistonOptions
{
    public const string Section = "Gateway:Piston";
    private const string RangeMessage = Section + ":{0} must be from {1} to {2}.";

    /// <summary>
    /// Bytes that a job may ask for, and what -1 and no memory limit at all mean; 16 777 216-2 147 483 648, default 2 GiB. No
    /// more than the ExecutionService's <c>Limits:RunMemoryBytes:Maximum</c> and <c>Limits:CompileMemoryBytes:Maximum</c>.
    /// </summary>
    [Range(16_777_216, 2_147_483_648, ErrorMessage = RangeMessage)]
    public long MaxMemoryBytes { get; set; } = 2_147_483_648;

    /// <summary>
    /// Milliseconds, of the clock or of CPU, that a stage may ask for; 10 000-60 000, default 60 000: below 10 000, jobs that
    /// every client sends would be refused. No more than the ExecutionService's maxima.
    /// </summary>
    [Range(10_000, 60_000, ErrorMessage = RangeMessage)]
    public int MaxStageMs { get; set; } = 60_000;

    /// <summary>
    /// Bytes that a program behind a WebSocket may print, where Piston has no limit; 1 024-16 777 216, default 16 MiB. No more
    /// than the ExecutionService's <c>Limits:OutputBytes:Maximum</c>.
    /// </summary>
    [Range(1_024, 16_777_216, ErrorMessage = RangeMessage)]
    public int ConnectOutputBytes { get; set; } = 16_777_216;

    /// <summary>Milliseconds that a WebSocket may be open without <c>init</c>; 100-60 000, default 2 000.</summary>
    [Range(100, 60_000, ErrorMessage = RangeMessage)]
    public int InitMs { get; set; } = 2_000;

    /// <summary>
    /// Whether pages of any origin may call, as at Piston's public gateway; default: no, only those of <c>Gateway:Cors</c>.
    /// </summary>
    public bool AnyOrigin { get; set; }
}
