using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OnlineCompiler.Deploy.Model;

/// <summary>
/// Reads the manifest that <c>dotnet run --project OnlineCompiler.AppHost -- --publisher manifest --output-path …</c> writes, with
/// Aspire's packages or without.
/// </summary>
internal static partial class ApplicationManifest
{
    public static IReadOnlyList<ServiceModel> Read(string json)
    {
        var resources = JsonNode.Parse(json)!["resources"]!.AsObject().Select(resource => (Name: resource.Key, Node: resource.Value!.AsObject()))
            .Select(resource => (resource.Name, resource.Node, Kind: KindOf(resource.Name, resource.Node)))
            .Where(resource => resource.Kind is not null).ToList();
        var names = resources.Select(resource => resource.Name).ToHashSet();
        return [.. resources.Select(resource => new ServiceModel(
            resource.Name, resource.Kind!.Value, [.. UsedBy(resource.Node).Where(used => used != resource.Name && names.Contains(used)).Distinct()]))];
    }

    /// <summary>Null for what is no resource of its own here, such as a parameter.</summary>
    private static ServiceKind? KindOf(string name, JsonObject resource) => (string?)resource["type"] switch
    {
        { } type when type.StartsWith("project.", StringComparison.Ordinal) => name == ServiceModels.Web ? ServiceKind.Site : ServiceKind.Container,
        _ when resource["connectionString"] is not null => ServiceKind.Store,
        _ => null,
    };

    /// <summary>Everything whose address or connection string is among what it is told.</summary>
    private static IEnumerable<string> UsedBy(JsonObject resource) => (resource["env"] as JsonObject ?? [])
        .SelectMany(variable => Expression().Matches((string?)variable.Value ?? "")).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"\{([A-Za-z0-9-]+)\.")]
    private static partial Regex Expression();
}
