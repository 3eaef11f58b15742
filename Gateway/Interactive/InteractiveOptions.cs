using System.ComponentModel.DataAnnotations;

namespace OnlineCompiler.Gateway.Interactive;

/// <summary>How WebSocket connections behave. Bound from <c>Gateway:Interactive</c>.</summary>
internal sealed class InteractiveOptions
{
    public const string Section = "Gateway:Interactive";
    private const string RangeMessage = Section + ":{0} must be from {1} to {2}.";

    /// <summary>Seconds between pings, and for the answer to each, before a silent client counts as gone; 1-300, default 15.</summary>
    [Range(1, 300, ErrorMessage = RangeMessage)]
    public int PingSeconds { get; set; } = 15;

    /// <summary>Seconds for the first frame to arrive; 1-300, default 10.</summary>
    [Range(1, 300, ErrorMessage = RangeMessage)]
    public int StartSeconds { get; set; } = 10;

    /// <summary>Bytes of a frame after the first; 1 024-16 777 216, default 1 MiB. The first may be as large as a body.</summary>
    [Range(1_024, 16_777_216, ErrorMessage = RangeMessage)]
    public int MaxFrameBytes { get; set; } = 1_048_576;

    /// <summary>
    /// How often a run is looked for that is resumed: behind one address any of several ExecutionServices may answer, and one of them has it;
    /// 1-100, default 16.
    /// </summary>
    [Range(1, 100, ErrorMessage = RangeMessage)]
    public int ResumeAttempts { get; set; } = 16;
}
