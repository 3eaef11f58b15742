using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using OnlineCompiler.Deploy.Model;

namespace OnlineCompiler.Deploy.Environments;

/// <summary>Reads an environment and says everything that is wrong with it at once, each by its key.</summary>
internal static partial class EnvironmentReader
{
    public const string WorkerSize = "worker";

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        RespectNullableAnnotations = true,
    };

    /// <exception cref="EnvironmentException">The environment is not there, or something in it is wrong.</exception>
    public static DeployEnvironment Load(string folder, string name, string imageTag)
    {
        var path = Path.Combine(folder, $"{name}.json");
        if (!NamePattern().IsMatch(name) || !File.Exists(path))
        {
            var known = Directory.EnumerateFiles(folder, "*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);
            throw new EnvironmentException($"environment must be one of {string.Join(", ", known)}, not \"{name}\".");
        }

        return Parse(File.ReadAllText(path), name, imageTag);
    }

    /// <inheritdoc cref="Load"/>
    public static DeployEnvironment Parse(string json, string name, string imageTag)
    {
        DeployEnvironment environment;
        try
        {
            environment = JsonSerializer.Deserialize<DeployEnvironment>(json, _json) ?? throw new EnvironmentException($"{name}.json is empty.");
        }
        catch (JsonException error)
        {
            throw new EnvironmentException($"{name}.json: {error.Path ?? "$"}: {error.Message}", error);
        }

        environment = environment with { Name = name, ImageTag = imageTag };
        var wrong = Violations(environment).Select(violation => $"{name}.json: {violation}").ToList();
        return wrong.Count == 0 ? environment : throw new EnvironmentException(string.Join(Environment.NewLine, wrong));
    }

    private static IEnumerable<string> Violations(DeployEnvironment environment)
    {
        if (!TagPattern().IsMatch(environment.ImageTag))
            yield return $"imageTag must be given as -c imageTag=…, letters, digits, '.', '_' or '-', not \"{environment.ImageTag}\".";
        if (!AccountPattern().IsMatch(environment.Account))
            yield return $"account must be 12 digits, not \"{environment.Account}\".";
        if (!RegionPattern().IsMatch(environment.Region))
            yield return $"region must be one such as eu-central-1, not \"{environment.Region}\".";
        if (environment.Zones.Length != 2 || environment.Zones.Distinct().Count() != 2 || environment.Zones.Any(zone => !zone.StartsWith(environment.Region, StringComparison.Ordinal)))
            yield return $"zones must be two different ones of {environment.Region}.";
        if (!CidrPattern().IsMatch(environment.Cidr))
            yield return $"cidr must be a private /16 such as 10.20.0.0/16, not \"{environment.Cidr}\".";
        if (environment.NatGateways is < 1 or > 2)
            yield return $"natGateways must be 1 or 2, not {environment.NatGateways}.";
        if (!environment.Domain.EndsWith($".{environment.HostedZone.Name}", StringComparison.Ordinal))
            yield return $"domain must lie in hostedZone.name, {environment.HostedZone.Name}, not be \"{environment.Domain}\".";
        if (!ZonePattern().IsMatch(environment.HostedZone.Id))
            yield return $"hostedZone.id must be one of Route 53, such as Z0123456789ABCDEFGHIJ, not \"{environment.HostedZone.Id}\".";
        foreach (var (key, list) in new[] { ("cloudFront", environment.PrefixLists.CloudFront), ("s3", environment.PrefixLists.S3), ("dynamoDb", environment.PrefixLists.DynamoDb) })
        {
            if (!PrefixListPattern().IsMatch(list))
                yield return $"prefixLists.{key} must be one such as pl-a3a144ac, not \"{list}\".";
        }

        if (environment.TrustedProxies.FirstOrDefault(network => !System.Net.IPNetwork.TryParse(network, out _)) is { } network)
            yield return $"trustedProxies must hold networks such as 10.0.0.0/8, not \"{network}\".";
        if (!RepositoryPattern().IsMatch(environment.Repository))
            yield return $"repository must be owner/name, not \"{environment.Repository}\".";
        if (environment.CodeConnection is null != environment.PipelineTarget is null)
            yield return "codeConnection and pipelineTarget belong together: give both or neither.";
        if (!environment.AlarmEmail.Contains('@', StringComparison.Ordinal))
            yield return $"alarmEmail must be an address, not \"{environment.AlarmEmail}\".";
        if (environment.MonthlyBudgetUsd < 1)
            yield return $"monthlyBudgetUsd must be at least 1, not {environment.MonthlyBudgetUsd}.";
        if (!RetentionDays.Contains(environment.LogRetentionDays))
            yield return $"logRetentionDays must be one of {string.Join(", ", RetentionDays)}, not {environment.LogRetentionDays}.";
        foreach (var violation in ModeViolations(environment).Concat(SizeViolations(environment)))
            yield return violation;
    }

    private static IEnumerable<string> ModeViolations(DeployEnvironment environment)
    {
        if (environment.IsServerless && !environment.UsesTasks)
            yield return "executionMode must be tasks where profile is serverless: there are no instances.";
        if (environment.IsServerless && environment.Sessions != SessionStore.DynamoDb)
            yield return "sessions must be dynamoDb where profile is serverless: there is no Redis.";
        if (environment.UsesTasks == environment.Hosts is not null)
            yield return "hosts must be given where executionMode is namespaces, and only there.";
        if (environment.Hosts is { } hosts && (hosts.Min < 1 || hosts.Max < hosts.Min))
            yield return $"hosts.min must be at least 1, and hosts.max no less, not {hosts.Min} and {hosts.Max}.";
        if (environment.Hosts is { } own && environment.Services.GetValueOrDefault(ServiceModels.Execution)?.Max >= own.Max)
            yield return "hosts.max must be more than services.execution.max: each has a host of its own, and its successor is there before it goes.";
    }

    private static IEnumerable<string> SizeViolations(DeployEnvironment environment)
    {
        string[] needed = [.. ServiceModels.Containers.Select(service => service.Name), .. environment.UsesTasks ? [WorkerSize] : Array.Empty<string>()];
        foreach (var missing in needed.Except(environment.Services.Keys))
            yield return $"services.{missing} is missing.";
        foreach (var unknown in environment.Services.Keys.Except(needed))
            yield return $"services.{unknown} is no service here; there are {string.Join(", ", needed)}.";
        foreach (var (service, size) in environment.Services)
        {
            if (size.Cpu is < 256 or > 16_384)
                yield return $"services.{service}.cpu must be from 256 to 16384, not {size.Cpu}.";
            if (size.MemoryMiB is < 512 or > 122_880)
                yield return $"services.{service}.memoryMiB must be from 512 to 122880, not {size.MemoryMiB}.";
            if (size.Min is < 1 or > 100 || size.Max < size.Min || size.Max > 1_000)
                yield return $"services.{service}.min must be from 1 to 100 and max from min to 1000, not {size.Min} and {size.Max}.";
        }
    }

    /// <summary>Those that CloudWatch knows, up to a year.</summary>
    public static IReadOnlyList<int> RetentionDays { get; } = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365];

    [GeneratedRegex("^[a-z][a-z0-9-]{1,20}$")]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[A-Za-z0-9._-]{1,128}$")]
    private static partial Regex TagPattern();

    [GeneratedRegex("^[0-9]{12}$")]
    private static partial Regex AccountPattern();

    [GeneratedRegex("^[a-z]{2}(-[a-z]+)+-[0-9]$")]
    private static partial Regex RegionPattern();

    [GeneratedRegex(@"^(10\.\d{1,3}|172\.(1[6-9]|2\d|3[01])|192\.168)\.0\.0/16$")]
    private static partial Regex CidrPattern();

    [GeneratedRegex("^Z[A-Z0-9]{8,32}$")]
    private static partial Regex ZonePattern();

    [GeneratedRegex("^pl-[0-9a-f]{8,17}$")]
    private static partial Regex PrefixListPattern();

    [GeneratedRegex("^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$")]
    private static partial Regex RepositoryPattern();
}

/// <summary>An environment that cannot be deployed; the message names each key that is wrong.</summary>
internal sealed class EnvironmentException(string message, Exception? inner = null) : Exception(message, inner);
