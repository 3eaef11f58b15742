using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Environments;

public sealed class EnvironmentTests
{
    [Theory]
    [InlineData("account", "\"12\"", "account must be 12 digits, not \"12\".")]
    [InlineData("region", "\"Frankfurt\"", "region must be one such as eu-central-1, not \"Frankfurt\".")]
    [InlineData("zones", "[\"eu-central-1a\", \"eu-central-1a\"]", "zones must be two different ones of eu-central-1.")]
    [InlineData("cidr", "\"8.8.0.0/16\"", "cidr must be a private /16 such as 10.20.0.0/16, not \"8.8.0.0/16\".")]
    [InlineData("natGateways", "0", "natGateways must be 1 or 2, not 0.")]
    [InlineData("domain", "\"code.example.com\"", "domain must lie in hostedZone.name, example.org, not be \"code.example.com\".")]
    [InlineData("trustedProxies", "[\"everyone\"]", "trustedProxies must hold networks such as 10.0.0.0/8, not \"everyone\".")]
    [InlineData("repository", "\"onlinecompiler\"", "repository must be owner/name, not \"onlinecompiler\".")]
    [InlineData("pipelineTarget", "\"production\"", "codeConnection and pipelineTarget belong together: give both or neither.")]
    [InlineData("alarmEmail", "\"nobody\"", "alarmEmail must be an address, not \"nobody\".")]
    [InlineData("monthlyBudgetUsd", "0", "monthlyBudgetUsd must be at least 1, not 0.")]
    [InlineData("logRetentionDays", "31", "logRetentionDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, not 31.")]
    [InlineData("hosts", "null", "hosts must be given where executionMode is namespaces, and only there.")]
    [InlineData("hosts", "{ \"instanceType\": \"c7i.large\", \"min\": 1, \"max\": 2 }", "hosts.max must be more than services.execution.max: each has a host of its own, and its successor is there before it goes.")]
    [InlineData("prefixLists", "{ \"cloudFront\": \"pl-a3a144ac\", \"s3\": \"s3\", \"dynamoDb\": \"pl-66a5400f\" }", "prefixLists.s3 must be one such as pl-a3a144ac, not \"s3\".")]
    [InlineData("profile", "\"serverless\"", "executionMode must be tasks where profile is serverless: there are no instances.")]
    public void What_is_wrong_is_said_by_its_key(string key, string value, string expected)
    {
        var error = Assert.Throws<EnvironmentException>(() => Parse(key, JsonNode.Parse(value)));

        Assert.Contains($"production.json: {expected}", error.Message.Split(System.Environment.NewLine));
    }

    [Theory]
    [InlineData("colour", "\"red\"", "colour")]
    [InlineData("natGateways", "\"two\"", "$.natGateways")]
    [InlineData("profile", "\"mainframe\"", "$.profile")]
    [InlineData("account", null, "account")]
    public void What_cannot_be_read_is_said_by_its_key(string key, string? value, string expected)
    {
        var error = Assert.Throws<EnvironmentException>(() => Parse(key, value is null ? null : JsonNode.Parse(value), remove: value is null));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"cpu\": 100, \"memoryMiB\": 1024, \"min\": 1, \"max\": 2 }", "services.ai.cpu must be from 256 to 16384, not 100.")]
    [InlineData("{ \"cpu\": 512, \"memoryMiB\": 1, \"min\": 1, \"max\": 2 }", "services.ai.memoryMiB must be from 512 to 122880, not 1.")]
    [InlineData("{ \"cpu\": 512, \"memoryMiB\": 1024, \"min\": 3, \"max\": 2 }", "services.ai.min must be from 1 to 100 and max from min to 1000, not 3 and 2.")]
    public void A_size_that_is_none_is_said_by_its_key(string size, string expected)
    {
        var services = Read()["services"]!.DeepClone();
        services["ai"] = JsonNode.Parse(size);

        var error = Assert.Throws<EnvironmentException>(() => Parse("services", services));

        Assert.Equal($"production.json: {expected}", error.Message);
    }

    [Fact]
    public void A_service_that_is_missing_or_unknown_is_said_by_its_key()
    {
        var services = Read()["services"]!.DeepClone().AsObject();
        services.Remove("ai");
        services["billing"] = services["session"]!.DeepClone();

        var error = Assert.Throws<EnvironmentException>(() => Parse("services", services));

        Assert.Equal(["production.json: services.ai is missing.", "production.json: services.billing is no service here; there are session, execution, ai, gateway."], error.Message.Split(System.Environment.NewLine));
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var json = Read();
        json["account"] = "12";
        json["alarmEmail"] = "nobody";

        var error = Assert.Throws<EnvironmentException>(() => EnvironmentReader.Parse(json.ToJsonString(), "production", ""));

        Assert.Equal(3, error.Message.Split(System.Environment.NewLine).Length);
        Assert.Contains("imageTag must be given", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("moon")]
    [InlineData("../environments/production")]
    public void An_environment_that_is_not_there_is_answered_with_those_that_are(string name)
    {
        var error = Assert.Throws<EnvironmentException>(() => EnvironmentReader.Load(SynthesizedEnvironments.Folder, name, "1"));

        Assert.Equal($"environment must be one of fargate, production, serverless, staging, not \"{name}\".", error.Message);
    }

    [Fact]
    public void Both_profiles_and_both_ways_to_run_programs_are_among_the_environments()
    {
        var kinds = SynthesizedEnvironments.Names.Select(name => EnvironmentReader.Load(SynthesizedEnvironments.Folder, name, "1")).Select(environment => (environment.Profile, environment.ExecutionMode)).Distinct();

        Assert.Equal(
            [(DeployProfile.Containers, ExecutionMode.Namespaces), (DeployProfile.Containers, ExecutionMode.Tasks), (DeployProfile.Serverless, ExecutionMode.Tasks)],
            kinds.Order());
    }

    private static JsonObject Read() => JsonNode.Parse(File.ReadAllText(Path.Combine(SynthesizedEnvironments.Folder, "production.json")))!.AsObject();

    private static DeployEnvironment Parse(string key, JsonNode? value, bool remove = false)
    {
        var json = Read();
        json[key] = value;
        if (remove)
            json.Remove(key);
        return EnvironmentReader.Parse(json.ToJsonString(), "production", "1");
    }
}
