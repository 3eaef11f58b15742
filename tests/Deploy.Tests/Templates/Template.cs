using OnlineCompiler.Deploy.Environments;

namespace OnlineCompiler.Deploy.Tests.Templates;

/// <summary>A resource of a template.</summary>
/// <param name="Stack">The short name of its stack, e.g. <c>Network</c>.</param>
/// <param name="Id">Its logical id.</param>
/// <param name="Json">All of it; changing it changes the template.</param>
internal sealed record TemplateResource(string Stack, string Id, JsonObject Json)
{
    public string Kind => (string)Json["Type"]!;

    public JsonObject Values => Json["Properties"]!.AsObject();

    /// <summary>A property by its path, e.g. <c>NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp</c>; null when it is not there.</summary>
    public JsonNode? this[string path] => path.Split('.').Aggregate((JsonNode?)Values, (node, name) => (node as JsonObject)?[name]);

    public string? Text(string path) => this[path]?.GetValueKind() is System.Text.Json.JsonValueKind.String ? (string?)this[path] : this[path]?.ToJsonString();
}

/// <summary>The templates of one environment, as CloudFormation would get them.</summary>
internal sealed class Template(DeployEnvironment environment, IReadOnlyDictionary<string, JsonObject> stacks)
{
    public DeployEnvironment Context => environment;

    public IEnumerable<TemplateResource> Everything => stacks.SelectMany(stack => ResourcesOf(stack.Key));

    public IEnumerable<TemplateResource> Of(string type) => Everything.Where(resource => resource.Kind == type);

    public IEnumerable<TemplateResource> ResourcesOf(string stack) =>
        stacks[stack]["Resources"]!.AsObject().Select(resource => new TemplateResource(stack, resource.Key, resource.Value!.AsObject()));

    public TemplateResource Single(string type, string? stack = null) => Of(type).Single(resource => stack is null || resource.Stack == stack);

    /// <summary>The service of ECS called <paramref name="name"/>.</summary>
    public TemplateResource Service(string name) => Of("AWS::ECS::Service").Single(service => service.Text("ServiceName") == name);

    /// <summary>The task that a service runs.</summary>
    public TemplateResource TaskOf(TemplateResource service) => Target(service.Stack, service["TaskDefinition"]!)!;

    public static JsonObject ContainerOf(TemplateResource task, string name) =>
        task["ContainerDefinitions"]!.AsArray().Select(container => container!.AsObject()).Single(container => (string?)container["Name"] == name);

    public JsonObject ContainerOf(string service) => ContainerOf(TaskOf(Service(service)), service);

    /// <summary>What a container is told plainly; values that only AWS will know are their JSON.</summary>
    public static Dictionary<string, string> SettingsOf(JsonObject container) => (container["Environment"] as JsonArray ?? [])
        .ToDictionary(setting => (string)setting!["Name"]!, setting => setting!["Value"]!.GetValueKind() is System.Text.Json.JsonValueKind.String ? (string)setting["Value"]! : setting["Value"]!.ToJsonString());

    public static IEnumerable<string> SecretsOf(JsonObject container) =>
        (container["Secrets"] as JsonArray ?? []).Select(secret => (string)secret!["Name"]!);

    /// <summary>The resource that a value refers to, in its own stack or, by what that exports, in another; null when it is none.</summary>
    public TemplateResource? Target(string stack, JsonNode value)
    {
        if (value is not JsonObject reference)
            return null;
        if (reference["Ref"] is { } id)
            return Find(stack, (string)id!);
        if (reference["Fn::GetAtt"] is JsonArray attribute)
            return Find(stack, (string)attribute[0]!);
        if (reference["Fn::ImportValue"] is not { } import)
            return null;

        var other = ((string)import!).Split(':')[0].Split('-')[^1];
        var output = stacks[other]["Outputs"]!.AsObject().Single(each => (string?)each.Value!["Export"]?["Name"] == (string?)import);
        return Target(other, output.Value!["Value"]!);
    }

    public JsonObject ResourceTable(string stack) => stacks[stack]["Resources"]!.AsObject();

    public string TextOf(string stack) => stacks[stack].ToJsonString();

    /// <summary>The same, to be changed without harm to the others.</summary>
    public Template Copy() => new(environment, stacks.ToDictionary(stack => stack.Key, stack => stack.Value.DeepClone().AsObject()));

    private TemplateResource? Find(string stack, string id) =>
        stacks[stack]["Resources"]![id] is JsonObject resource ? new TemplateResource(stack, id, resource) : null;
}
