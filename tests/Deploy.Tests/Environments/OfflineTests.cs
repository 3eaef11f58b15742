using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Environments;

/// <summary>Both profiles and both ways to run programs are synthesised, without asking anybody.</summary>
public sealed class OfflineTests(SynthesizedEnvironments environments)
{
    [Fact]
    public void Both_profiles_and_both_ways_to_run_programs_are_synthesised()
    {
        var kinds = SynthesizedEnvironments.Names.Select(name => environments[name].Context).Select(each => (each.IsServerless, each.UsesTasks)).Distinct();

        Assert.Equal([(false, false), (false, true), (true, true)], kinds.Order());
    }

    /// <summary>What the CDK would have to look up in an account it lists as missing, and what would be there then is made up.</summary>
    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void Nothing_is_asked_of_an_account(string name)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(environments.FolderOf(name), "manifest.json")))!;

        Assert.NotEmpty(manifest["artifacts"]!.AsObject());
        Assert.Null(manifest["missing"]);
        Assert.DoesNotContain(environments[name].Everything, resource => resource.Json.ToJsonString().Contains("dummy", StringComparison.Ordinal));
    }
}
