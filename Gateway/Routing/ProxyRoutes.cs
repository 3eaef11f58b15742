using System.Net;
using System.Text;
using OnlineCompiler.Gateway.Previews;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Security.Limits;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace OnlineCompiler.Gateway.Routing;

/// <summary>What goes straight through: the web, and gRPC to the services that may be called by anyone.</summary>
/// <remarks>
/// SessionService is not among them: it believes the <c>owner</c> in a request, so passing it through would let anyone read
/// anyone's sessions. They are reached through the native API, which puts in the owner itself.
/// </remarks>
internal static class ProxyRoutes
{
    public const string Web = "web";
    private const string ExecutionCluster = "execution";
    private const string AiCluster = "ai";

    public static IReadOnlyList<RouteConfig> Routes { get; } =
    [
        Execution("ListLanguages", ""),
        Execution("Judge", Scopes.Judge),
        Execution("Submit", Scopes.Submit),
        Execution("GetSubmission", Scopes.Submit),
        Execution("WatchSubmission", Scopes.Submit),
        Execution("CancelSubmission", Scopes.Submit),
        Execution("{**method}", Scopes.Run),
        Grpc("ai", AiCluster, "/onlinecompiler.ai.v1.Assistant/{**method}", Scopes.Ai),
        SharedPage.Route,
        new RouteConfig { RouteId = Web, ClusterId = Web, Order = int.MaxValue, Match = new RouteMatch { Path = "/{**page}" } },
    ];

    public static IReadOnlyList<ClusterConfig> Clusters(ProxyOptions options) =>
    [
        GrpcCluster(ExecutionCluster, options),
        GrpcCluster(AiCluster, options),
        Cluster(Web, "http://web", new ForwarderRequestConfig()),
    ];

    private static RouteConfig Execution(string method, string scope) =>
        Grpc($"execution {method}", ExecutionCluster, CallerStamp.Service + method, scope);

    private static RouteConfig Grpc(string id, string cluster, string path, string scope) => new()
    {
        RouteId = id,
        ClusterId = cluster,
        Match = new RouteMatch { Path = path, Methods = [HttpMethods.Post] },
        RateLimiterPolicy = RateLimits.Runs,
        Metadata = new Dictionary<string, string> { [Scopes.RouteKey] = scope },
        // The one policy there is; for gRPC-Web.
        CorsPolicy = "Default",
    };

    // Without TLS there is no negotiation: a gRPC port speaks HTTP/2 and nothing else.
    private static ClusterConfig GrpcCluster(string id, ProxyOptions options) => Cluster(id, $"http://_grpc.{id}", new ForwarderRequestConfig
    {
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = TimeSpan.FromSeconds(options.GrpcIdleSeconds),
    });

    private static ClusterConfig Cluster(string id, string address, ForwarderRequestConfig request) => new()
    {
        ClusterId = id,
        HttpRequest = request,
        // As Kestrel reads them: a cookie of another application with an accent in it is no reason to fail.
        HttpClient = new HttpClientConfig { RequestHeaderEncoding = Encoding.UTF8.WebName },
        Destinations = new Dictionary<string, DestinationConfig> { [id] = new() { Address = address } },
    };
}
