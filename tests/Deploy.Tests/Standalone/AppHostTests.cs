using System.Diagnostics;
using OnlineCompiler.Deploy.Model;
using OnlineCompiler.Deploy.Tests.Rules;
using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Standalone;

/// <summary>
/// <c>AppHost.cs</c> says which services there are and who uses whom, and publishes it; what is deployed is made from that, and the
/// templates of every environment say the same.
/// </summary>
public sealed class AppHostTests(SynthesizedEnvironments environments, PublishedModel published) : IClassFixture<PublishedModel>
{
    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void What_the_AppHost_starts_is_deployed_and_told_of_the_same_others(string name) =>
        Assert.Empty(ModelRules.Violations(environments[name], Model));

    /// <summary>When this fails: <c>scripts/update-deploy-model.sh</c>.</summary>
    [Fact]
    public void The_model_of_the_deployment_is_what_the_AppHost_publishes() =>
        Assert.Equal(published.Json, File.ReadAllText(PublishedModel.Committed));

    [Fact]
    public void A_service_of_the_AppHost_that_is_missing_here_is_found()
    {
        var violations = ModelRules.Violations(environments["production"], [.. Model, new ModelResource("billing", IsProject: true, ["redis"])]);

        Assert.Equal(["billing is in the model, and not deployed."], violations);
    }

    [Fact]
    public void A_reference_of_the_AppHost_that_is_missing_here_is_found()
    {
        var violations = ModelRules.Violations(environments["production"], [.. Model.Select(resource => resource.Name == "session" ? resource with { References = ["redis", "ai"] } : resource)]);

        Assert.Equal(["session uses ai, and is not told where it is."], violations);
    }

    [Fact]
    public void A_service_that_the_AppHost_does_not_know_is_found()
    {
        var violations = ModelRules.Violations(environments["serverless"], [.. Model.Where(resource => resource.Name != "ai")]);

        Assert.Equal(["ai is deployed, and not in the model."], violations);
    }

    private IReadOnlyList<ModelResource> Model => RuleSet.ModelOf(ApplicationManifest.Read(published.Json));
}

/// <summary>What the AppHost says of itself, asked once.</summary>
public sealed class PublishedModel : IAsyncLifetime
{
    public static string Committed => Path.Combine(Checkout.Root, "deploy", "application.json");

    public string Json { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        // Paths in it are relative to where it is.
        var output = Path.Combine(Path.GetDirectoryName(Committed)!, $"application-{Guid.NewGuid():N}.tmp");
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "OnlineCompiler.AppHost.dll"), "--publisher", "manifest", "--output-path", output])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, string.Concat(said));
            Json = await File.ReadAllTextAsync(output);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            File.Delete(output);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
