using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace OnlineCompiler.AppHost;

/// <summary>What the command line and configuration may change about the resources in <c>AppHost.cs</c>.</summary>
internal static class ConfiguredResources
{
    /// <summary>Keeps Redis' files in <paramref name="directory"/>, or in a volume when there is none.</summary>
    public static IResourceBuilder<RedisResource> WithDataIn(this IResourceBuilder<RedisResource> redis, string? directory) =>
        string.IsNullOrWhiteSpace(directory) ? redis.WithDataVolume() : redis.WithDataBindMount(Path.GetFullPath(directory));

    /// <summary>Has compilations kept below <paramref name="directory"/>, when given; else they are among the machine's temporary files.</summary>
    public static IResourceBuilder<ProjectResource> WithCompilationsIn(this IResourceBuilder<ProjectResource> project, string? directory) =>
        string.IsNullOrWhiteSpace(directory)
            ? project
            : project.WithEnvironment("Compilation__CacheDirectory", Path.Combine(Path.GetFullPath(directory), "compilations"));

    /// <summary>Moves the endpoint of the launch profile to <paramref name="port"/> (1-65535), when given.</summary>
    public static IResourceBuilder<ProjectResource> WithPublicPort(this IResourceBuilder<ProjectResource> project, string? port)
    {
        if (string.IsNullOrWhiteSpace(port))
            return project;
        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535)
            throw new DistributedApplicationException($"--port must be a number from 1 to 65535, not \"{port}\".");

        return project.WithEndpoint("http", endpoint => endpoint.Port = number);
    }

    /// <summary>
    /// Hands on which chat model to use: <c>Ai:Provider</c>, <c>Ai:Endpoint</c>, <c>Ai:Model</c> and, as a secret,
    /// <c>Ai:ApiKey</c>. All optional: without them the service starts and says what to set when it is asked something.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithChatModel(this IResourceBuilder<ProjectResource> project, IConfigurationSection settings)
    {
        foreach (var name in (string[])["Provider", "Endpoint", "Model"])
        {
            if (settings[name] is { } value && !string.IsNullOrWhiteSpace(value))
                project.WithEnvironment($"Ai__{name}", value);
        }

        return settings["ApiKey"] is { } key && !string.IsNullOrWhiteSpace(key)
            ? project.WithEnvironment("Ai__ApiKey", project.ApplicationBuilder.AddParameter("ai-api-key", key, secret: true))
            : project;
    }
}
