using System.ComponentModel.DataAnnotations;

namespace OnlineCompiler.Gateway.Api;

/// <summary>How calls that stream keep alive. Bound from <c>Gateway:Streams</c>.</summary>
internal sealed class StreamOptions
{
    public const string Section = "Gateway:Streams";
    private const string RangeMessage = Section + ":{0} must be from {1} to {2}.";

    /// <summary>Seconds without an event after which a comment line keeps the connection open; 1-300, default 15.</summary>
    [Range(1, 300, ErrorMessage = RangeMessage)]
    public int HeartbeatSeconds { get; set; } = 15;

    public TimeSpan Heartbeat => TimeSpan.FromSeconds(HeartbeatSeconds);
}
