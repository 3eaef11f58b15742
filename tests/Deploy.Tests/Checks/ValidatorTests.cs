using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Checks;

/// <summary>AWS' validator of templates and cdk-nag find nothing in what is deployed, and something where there is something.</summary>
public sealed class ValidatorTests(SynthesizedEnvironments environments)
{
    private const string Planted = "onlinecompiler-planted-Data.template.json";

    // Starting them costs more than what they do: one run for all.
    [Fact]
    public async Task Validators_find_nothing_in_any_environment_and_every_fault_that_is_planted()
    {
        var template = environments["fargate"].Copy();
        var table = template.Single("AWS::DynamoDB::Table");
        table.Values["BillingMode"] = "BY_THE_WEIGHT";
        table.Values["PointInTimeRecoverySpecification"] = new JsonObject { ["PointInTimeRecoveryEnabled"] = false };
        template.Single("AWS::ElastiCache::ReplicationGroup").Values["TransitEncryptionEnabled"] = false;
        var folder = Directory.CreateTempSubdirectory("onlinecompiler-planted-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, Planted), template.TextOf("Data"), TestContext.Current.CancellationToken);

            var (status, output, errors) = await NodeProcess.RunAsync(["checks/validate.mjs", .. SynthesizedEnvironments.Names.Select(environments.FolderOf), folder.FullName]);

            var findings = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToLookup(finding => (string?)finding["template"] == Planted);
            Assert.Empty(findings[false].Select(finding => finding.ToJsonString()));
            Assert.True(status == 1, errors);
            Assert.Contains(findings[true], finding => ((string)finding["message"]!).Contains("BY_THE_WEIGHT", StringComparison.Ordinal));
            Assert.Contains(findings[true], finding => (string?)finding["rule"] == "AwsSolutions-DDB3");
            Assert.Contains(findings[true], finding => (string?)finding["rule"] == "AwsSolutions-AEC3");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void Every_finding_that_is_accepted_has_its_reason(string name)
    {
        var accepted = environments[name].Everything
            .SelectMany(resource => resource.Json["Metadata"]?["cdk_nag"]?["rules_to_suppress"] as JsonArray ?? []).ToList();

        Assert.NotEmpty(accepted);
        Assert.All(accepted, each => Assert.True(((string?)each!["reason"])?.Length > 40, each.ToJsonString()));
    }
}
