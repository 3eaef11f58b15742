using System.Text.Json.Nodes;

namespace OnlineCompiler.Deploy.Cost;

/// <summary>One resource of a template.</summary>
internal sealed record CostedResource(string Id, string Type, JsonObject Values)
{
    public JsonNode? this[string path] => path.Split('.').Aggregate((JsonNode?)Values, (node, name) => (node as JsonObject)?[name]);

    public string? Text(string path) => this[path] is JsonValue value ? value.ToString() : null;

    public decimal Number(string path) => decimal.Parse(
        Text(path) ?? throw new CostException($"{Id} ({Type}) has no {path} to be counted."), System.Globalization.CultureInfo.InvariantCulture);

    public int Count(string path) => (this[path] as JsonArray)?.Count ?? 0;
}

/// <summary>All templates of an environment, as <c>cdk synth</c> writes them.</summary>
internal sealed class TemplateSet(IReadOnlyList<CostedResource> resources)
{
    public IEnumerable<IGrouping<string, CostedResource>> ByType => resources.GroupBy(resource => resource.Type);

    public IEnumerable<CostedResource> Of(string type) => resources.Where(resource => resource.Type == type);

    public static TemplateSet Load(string folder) => new(
    [
        .. Directory.EnumerateFiles(folder, "*.template.json").Order(StringComparer.Ordinal)
            .SelectMany(path => Read(JsonNode.Parse(File.ReadAllText(path))!.AsObject())),
    ]);

    public static IEnumerable<CostedResource> Read(JsonObject template) => template["Resources"]!.AsObject()
        .Select(resource => new CostedResource(resource.Key, (string)resource.Value!["Type"]!, resource.Value!["Properties"] as JsonObject ?? []));

    /// <summary>The resource that a reference names. Logical ids hold a hash, so that one names one, whatever the stack.</summary>
    public CostedResource Named(JsonNode reference)
    {
        var id = (string?)reference["Ref"] ?? (string?)reference["Fn::GetAtt"]?[0];
        return resources.FirstOrDefault(resource => resource.Id == id) ?? throw new CostException($"{reference.ToJsonString()} names nothing in these templates.");
    }

    /// <summary>The most that a service scales to; as many as it has where it does not scale.</summary>
    public decimal MostOf(CostedResource service) => resources
        .Where(resource => resource.Type == "AWS::ApplicationAutoScaling::ScalableTarget" && resource.Text("ServiceNamespace") == "ecs")
        .Where(target => target["ResourceId"]!.ToJsonString().Contains($"\"{service.Id}\"", StringComparison.Ordinal))
        .Select(target => target.Number("MaxCapacity")).FirstOrDefault(service.Number("DesiredCount"));
}
