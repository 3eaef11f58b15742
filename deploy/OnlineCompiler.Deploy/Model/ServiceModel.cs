namespace OnlineCompiler.Deploy.Model;

/// <summary>What a resource of the AppHost becomes on AWS.</summary>
internal enum ServiceKind
{
    /// <summary>A container: a service of ECS, or a function where the profile is serverless.</summary>
    Container,

    /// <summary>Static files, in S3 behind CloudFront. Who refers to it is in front of it no longer: CloudFront is.</summary>
    Site,

    /// <summary>A managed store.</summary>
    Store,
}

/// <summary>One of the resources in <c>AppHost.cs</c>.</summary>
/// <param name="Name">Its name there, which is also the one that the others call it by.</param>
/// <param name="Kind">What it becomes.</param>
/// <param name="References">What it uses.</param>
internal sealed record ServiceModel(string Name, ServiceKind Kind, params string[] References);

/// <summary>
/// Which services there are, and who uses whom, as <c>AppHost.cs</c> says: from <c>deploy/application.json</c>, which the AppHost
/// publishes. The network's rules, the containers' environment and the names in Service Connect all follow from it.
/// </summary>
internal static class ServiceModels
{
    public const string Redis = "redis";
    public const string Session = "session";
    public const string Execution = "execution";
    public const string Ai = "ai";
    public const string Web = "web";
    public const string Gateway = "gateway";

    public static IReadOnlyList<ServiceModel> All { get; } = ApplicationManifest.Read(Resources.Read("application.json"));

    public static IEnumerable<ServiceModel> Containers => All.Where(service => service.Kind == ServiceKind.Container);

    public static ServiceModel Of(string name) => All.Single(service => service.Name == name);

    /// <summary>The containers that <paramref name="service"/> calls.</summary>
    public static IEnumerable<ServiceModel> CalledBy(ServiceModel service) =>
        service.References.Select(Of).Where(used => used.Kind == ServiceKind.Container);
}

/// <summary>Where the services listen, in every container alike.</summary>
internal static class Ports
{
    /// <summary>HTTP/1.1: health, and the Gateway's callers.</summary>
    public const int Http = 8080;

    /// <summary>HTTP/2 without TLS, which cannot share a port with HTTP/1.1.</summary>
    public const int Grpc = 8081;

    /// <summary>Not Redis' usual one, which is what scanners try first.</summary>
    public const int Redis = 6380;

    public const int Https = 443;
}
