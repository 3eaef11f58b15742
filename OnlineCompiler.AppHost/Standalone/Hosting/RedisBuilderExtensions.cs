using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using OnlineCompiler.AppHost.Standalone.Redis;

namespace Aspire.Hosting;

public static class RedisBuilderExtensions
{
    private const int PasswordLength = 32;

    /// <summary>Adds a Redis server: loopback only, behind a password made anew at each start unless one is given.</summary>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        var secret = password?.Resource
            ?? new ParameterResource($"{name}-password", RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", PasswordLength), secret: true);
        var resource = new RedisResource(name, secret);
        resource.Annotations.Add(new EndpointAnnotation(RedisResource.EndpointName, "redis") { Port = port });
        resource.Annotations.Add(new HealthCheckAnnotation(new RedisProbe(resource)));
        resource.Annotations.Add(new ProcessAnnotation(services => RedisServer.PlanProcess(resource, services.GetRequiredService<Volumes>())));
        return builder.AddResource(resource);
    }

    /// <summary>Keeps its files in a folder that stays: <c>.data/</c> of the checkout, or a temporary one in tests.</summary>
    public static IResourceBuilder<RedisResource> WithDataVolume(this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false)
    {
        builder.Resource.VolumeName = name ?? $"{builder.Resource.Name}-data";
        return builder;
    }

    /// <summary>Keeps its files in the folder <paramref name="source"/>.</summary>
    public static IResourceBuilder<RedisResource> WithDataBindMount(this IResourceBuilder<RedisResource> builder, string source, bool isReadOnly = false)
    {
        builder.Resource.DataDirectory = Path.GetFullPath(source, builder.ApplicationBuilder.AppHostDirectory);
        return builder;
    }

    /// <summary>Writes a snapshot every <paramref name="interval"/> (60 s) in which enough keys changed, and a log of every write.</summary>
    public static IResourceBuilder<RedisResource> WithPersistence(
        this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1)
    {
        builder.Resource.Persistence = new RedisPersistence(interval ?? TimeSpan.FromMinutes(1), keysChangedThreshold);
        return builder;
    }
}
