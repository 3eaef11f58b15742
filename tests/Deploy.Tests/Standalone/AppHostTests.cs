using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using OnlineCompiler.Deploy.Tests.Rules;
using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Standalone;

/// <summary><c>AppHost.cs</c> says which services there are and who uses whom; the templates of every environment say the same.</summary>
public sealed class AppHostTests(SynthesizedEnvironments environments)
{
    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public async Task What_the_AppHost_starts_is_deployed_and_told_of_the_same_others(string name) =>
        Assert.Empty(ModelRules.Violations(environments[name], await ReadAsync()));

    [Fact]
    public async Task The_model_of_the_deployment_is_the_AppHosts()
    {
        static IEnumerable<string> Describe(IEnumerable<ModelResource> model) =>
            model.Select(resource => $"{resource.Name} ({resource.IsProject}): {string.Join(", ", resource.References.Order(StringComparer.Ordinal))}").Order(StringComparer.Ordinal);

        Assert.Equal(Describe(await ReadAsync()), Describe(RuleSet.Declared));
    }

    [Fact]
    public async Task A_service_of_the_AppHost_that_is_missing_here_is_found()
    {
        var model = await ReadAsync();

        var violations = ModelRules.Violations(environments["production"], [.. model, new ModelResource("billing", IsProject: true, ["redis"])]);

        Assert.Equal(["billing is in the model, and not deployed."], violations);
    }

    [Fact]
    public async Task A_reference_of_the_AppHost_that_is_missing_here_is_found()
    {
        var model = await ReadAsync();

        var violations = ModelRules.Violations(environments["production"], [.. model.Select(resource => resource.Name == "session" ? resource with { References = ["redis", "ai"] } : resource)]);

        Assert.Equal(["session uses ai, and is not told where it is."], violations);
    }

    [Fact]
    public async Task A_service_that_the_AppHost_does_not_know_is_found()
    {
        var model = await ReadAsync();

        var violations = ModelRules.Violations(environments["serverless"], [.. model.Where(resource => resource.Name != "ai")]);

        Assert.Equal(["ai is deployed, and not in the model."], violations);
    }

    private static async Task<IReadOnlyList<ModelResource>> ReadAsync()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.OnlineCompiler_AppHost>(TestContext.Current.CancellationToken);
        return
        [
            .. builder.Resources.Where(resource => resource is ProjectResource or RedisResource).Select(resource => new ModelResource(
                resource.Name, resource is ProjectResource, [.. resource.Annotations.OfType<ReferenceAnnotation>().Select(reference => reference.Resource.Name).Distinct()])),
        ];
    }
}
