using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace OnlineCompiler.Gateway.Security;

/// <summary>
/// How slow a client may be before its connection is closed, so that nobody keeps memory, a place or a sandbox by doing nothing.
/// Bound from <c>Gateway:Connections</c>.
/// </summary>
internal sealed class ConnectionLimits
{
    public const string Section = "Gateway:Connections";
    private const string RangeMessage = Section + ":{0} must be from {1} to {2}.";

    /// <summary>Seconds for a request's headers to arrive; 1-300, default 15.</summary>
    [Range(1, 300, ErrorMessage = RangeMessage)]
    public int HeaderSeconds { get; set; } = 15;

    /// <summary>Seconds that a connection may be open without a request; 1-3 600, default 130: longer than load balancers keep theirs.</summary>
    [Range(1, 3_600, ErrorMessage = RangeMessage)]
    public int KeepAliveSeconds { get; set; } = 130;

    /// <summary>Bytes a second that a body, or the first message of a gRPC call, must arrive with, on average; 1-1 048 576, default 240.</summary>
    [Range(1, 1_048_576, ErrorMessage = RangeMessage)]
    public int MinRequestBytesPerSecond { get; set; } = 240;

    /// <summary>Bytes a second that an answer must be taken with while it waits to be; 1-1 048 576, default 240. A silent program is not slow.</summary>
    [Range(1, 1_048_576, ErrorMessage = RangeMessage)]
    public int MinResponseBytesPerSecond { get; set; } = 240;

    /// <summary>Seconds before the two above count, so that a hiccup is none; 2-300, default 15.</summary>
    [Range(2, 300, ErrorMessage = RangeMessage)]
    public int GraceSeconds { get; set; } = 15;

    /// <summary>Bytes of all headers of a request; 4 096-1 048 576, default 32 768.</summary>
    [Range(4_096, 1_048_576, ErrorMessage = RangeMessage)]
    public int MaxHeaderBytes { get; set; } = 32_768;

    /// <summary>Bytes of a body where the route says nothing else; 1 024-1 073 741 824, default 30 000 000.</summary>
    [Range(1_024, 1_073_741_824, ErrorMessage = RangeMessage)]
    public long MaxBodyBytes { get; set; } = 30_000_000;

    /// <summary>Calls at a time of one HTTP/2 connection; 1-10 000, default 100. Others wait.</summary>
    [Range(1, 10_000, ErrorMessage = RangeMessage)]
    public int StreamsPerConnection { get; set; } = 100;
}

internal static class ConnectionLimitsExtensions
{
    public static void AddConnectionLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ConnectionLimits>()
            .BindConfiguration(ConnectionLimits.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddOptions<KestrelServerOptions>().Configure((KestrelServerOptions kestrel, IOptions<ConnectionLimits> options) =>
        {
            var (limits, own) = (kestrel.Limits, options.Value);
            var grace = TimeSpan.FromSeconds(own.GraceSeconds);
            limits.RequestHeadersTimeout = TimeSpan.FromSeconds(own.HeaderSeconds);
            limits.KeepAliveTimeout = TimeSpan.FromSeconds(own.KeepAliveSeconds);
            limits.MinRequestBodyDataRate = new MinDataRate(own.MinRequestBytesPerSecond, grace);
            limits.MinResponseDataRate = new MinDataRate(own.MinResponseBytesPerSecond, grace);
            limits.MaxRequestHeadersTotalSize = own.MaxHeaderBytes;
            limits.MaxRequestBodySize = own.MaxBodyBytes;
            limits.Http2.MaxStreamsPerConnection = own.StreamsPerConnection;
        });
    }
}
