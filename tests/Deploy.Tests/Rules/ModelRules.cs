using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Rules;

/// <summary>One resource of an application's model: what it uses, by name, and whether it is a project of ours.</summary>
internal sealed record ModelResource(string Name, bool IsProject, IReadOnlyList<string> References);

/// <summary>
/// Whether the templates deploy the services of a model, and only these, and tell each of all that it uses. The page is no service here:
/// it is in CloudFront's default behaviour.
/// </summary>
internal static class ModelRules
{
    private const string Page = "web";
    private const string Store = "redis";

    public static IEnumerable<string> Violations(Template template, IReadOnlyList<ModelResource> model)
    {
        var containers = model.Where(resource => resource.IsProject && resource.Name != Page).ToList();
        var deployed = DeployedNames(template).ToList();
        foreach (var missing in containers.Select(container => container.Name).Except(deployed))
            yield return $"{missing} is in the model, and not deployed.";
        foreach (var unknown in deployed.Except(containers.Select(container => container.Name)))
            yield return $"{unknown} is deployed, and not in the model.";
        if (model.Any(resource => resource.Name == Page) != HasPage(template))
            yield return "The page is in one of the model and the templates alone.";

        foreach (var container in containers.Where(container => deployed.Contains(container.Name)))
        {
            var told = ToldReferences(template, container.Name).Order(StringComparer.Ordinal).ToList();
            var used = container.References.Where(reference => reference != Page && (reference != Store || template.Context.HasRedis)).Order(StringComparer.Ordinal).ToList();
            foreach (var reference in used.Except(told))
                yield return $"{container.Name} uses {reference}, and is not told where it is.";
            // A function has the Gateway beside its service, which is told of whatever that uses.
            foreach (var reference in template.Context.IsServerless && container.Name != "execution" ? [] : told.Except(used))
                yield return $"{container.Name} is told where {reference} is, and does not use it.";
        }
    }

    private static IEnumerable<string> DeployedNames(Template template) =>
        template.Of("AWS::ECS::Service").Select(service => service.Text("ServiceName")!).Where(name => name != "worker")
            .Concat(Functions(template).Select(function => function.Name));

    private static IEnumerable<string> ToldReferences(Template template, string name)
    {
        if (Functions(template).FirstOrDefault(function => function.Name == name) is { Settings: { } settings })
            return settings.Select(setting => setting.Key).Where(IsAddress).Select(ServiceOf);

        var container = template.ContainerOf(name);
        return Template.SettingsOf(container).Keys.Where(IsAddress).Select(ServiceOf)
            .Concat(Template.SecretsOf(container).Where(secret => secret.StartsWith("ConnectionStrings__", StringComparison.Ordinal)).Select(secret => secret.Split("__")[1]));
    }

    private static IEnumerable<(string Name, JsonObject Settings)> Functions(Template template) => template.Of("AWS::Lambda::Function")
        .Where(function => function["Environment.Variables.FUNCTION_SERVICES"] is not null)
        .Select(function => (function.Text("Environment.Variables.FUNCTION_SERVICES")!, function["Environment.Variables"]!.AsObject()));

    private static bool HasPage(Template template) => template.Single("AWS::CloudFront::Distribution")["DistributionConfig.Origins"]!.AsArray()
        .Any(origin => (string?)origin!["Id"] == template.Single("AWS::CloudFront::Distribution").Text("DistributionConfig.DefaultCacheBehavior.TargetOriginId") && origin["OriginAccessControlId"] is not null);

    private static bool IsAddress(string setting) => setting.StartsWith("services__", StringComparison.Ordinal);

    private static string ServiceOf(string setting) => setting.Split("__")[1];
}
