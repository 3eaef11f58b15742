using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Delivery;

public sealed class DeliveryTests(SynthesizedEnvironments environments)
{
    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void GitHub_deploys_by_a_token_for_one_environment_of_one_repository(string name)
    {
        var template = environments[name];
        var role = template.Of("AWS::IAM::Role").Single(each => each.Text("RoleName") == $"onlinecompiler-{name}-github");
        var statement = Assert.Single(role["AssumeRolePolicyDocument.Statement"]!.AsArray())!;

        Assert.Equal("sts:AssumeRoleWithWebIdentity", (string?)statement["Action"]);
        Assert.Equal($"repo:{template.Context.Repository}:environment:{name}", (string?)statement["Condition"]!["StringEquals"]!["token.actions.githubusercontent.com:sub"]);
        Assert.Equal("sts.amazonaws.com", (string?)statement["Condition"]!["StringEquals"]!["token.actions.githubusercontent.com:aud"]);
        Assert.Empty(template.Of("AWS::IAM::AccessKey"));
        Assert.Empty(template.Of("AWS::IAM::User"));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void Who_deploys_may_do_that_and_nothing_else(string name)
    {
        var allowed = environments[name].Of("AWS::IAM::Policy").Single(policy => policy.Id.StartsWith("githubrole", StringComparison.Ordinal))["PolicyDocument.Statement"]!.AsArray()
            .SelectMany(statement => statement!["Action"] is JsonArray actions ? actions.Select(action => (string)action!) : [(string)statement["Action"]!])
            .Select(action => action.Split(':')[0]).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(["cloudfront", "ecr", "s3", "sts"], allowed);
    }

    [Fact]
    public void The_pipeline_tests_deploys_tries_asks_a_person_and_releases()
    {
        var stages = environments["staging"].Single("AWS::CodePipeline::Pipeline")["Stages"]!.AsArray();

        Assert.Equal(["Source", "Test", "Deploy", "Smoke", "Approve", "Release"], stages.Select(stage => (string?)stage!["Name"]));
        Assert.Equal("Manual", (string?)stages[4]!["Actions"]![0]!["ActionTypeId"]!["Provider"] );
        Assert.Equal(["Deploy", "Smoke", "Release"], stages.Where(stage => (string?)stage!["OnFailure"]?["Result"] == "ROLLBACK").Select(stage => (string?)stage!["Name"]));
        Assert.Contains("deploy/release.sh production", environments["staging"].TextOf("Delivery"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("production")]
    [InlineData("fargate")]
    [InlineData("serverless")]
    public void Where_no_connection_is_named_there_is_no_pipeline(string name) => Assert.Empty(environments[name].Of("AWS::CodePipeline::Pipeline"));

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void The_tag_that_is_deployed_can_be_asked_for_to_go_back_to(string name) =>
        Assert.Contains($"\"ImageTag\":{{\"Value\":\"{SynthesizedEnvironments.ImageTag}\"}}", environments[name].TextOf("Services"), StringComparison.Ordinal);
}
