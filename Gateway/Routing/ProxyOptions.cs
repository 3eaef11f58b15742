using System.ComponentModel.DataAnnotations;

namespace OnlineCompiler.Gateway.Routing;

/// <summary>How calls are passed through. Bound from <c>Gateway:Proxy</c>.</summary>
internal sealed class ProxyOptions
{
    public const string Section = "Gateway:Proxy";

    /// <summary>Seconds that a gRPC stream may be silent, both ways, before it is cut; 1-86 400, default 2 100: more than the 30 min that a program may wait for input.</summary>
    [Range(1, 86_400, ErrorMessage = Section + ":{0} must be from {1} to {2}.")]
    public int GrpcIdleSeconds { get; set; } = 2_100;

    /// <summary>Whether the page comes through here; default true. Without, where it is served in front of the Gateway, as CloudFront does.</summary>
    public bool ServesPage { get; set; } = true;
}
