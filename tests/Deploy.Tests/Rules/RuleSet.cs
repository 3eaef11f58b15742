using OnlineCompiler.Deploy.Model;
using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Rules;

/// <summary>What holds for every environment. The same rules look at the real templates and at those with a fault put in.</summary>
internal static class RuleSet
{
    public static IReadOnlyList<string> Violations(Template template) =>
    [
        .. AddressRules.Violations(template),
        .. GroupRules.Violations(template),
        .. SecretRules.Violations(template),
        .. ServiceRules.Violations(template),
        .. ModelRules.Violations(template, Declared),
    ];

    /// <summary>The model that the templates are made from.</summary>
    public static IReadOnlyList<ModelResource> Declared { get; } = ModelOf(ServiceModels.All);

    public static IReadOnlyList<ModelResource> ModelOf(IReadOnlyList<ServiceModel> services) =>
        [.. services.Select(service => new ModelResource(service.Name, service.Kind != ServiceKind.Store, service.References))];
}
