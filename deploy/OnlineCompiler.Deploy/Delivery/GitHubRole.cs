using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using OnlineCompiler.Deploy.Data;
using OnlineCompiler.Deploy.Environments;

namespace OnlineCompiler.Deploy.Delivery;

/// <summary>What a workflow on GitHub may do here: by a token of GitHub's for this environment of this repository alone, with no key stored anywhere.</summary>
internal static class GitHubRole
{
    private const string Issuer = "token.actions.githubusercontent.com";

    public static void Create(Stack stack, DeployEnvironment environment)
    {
        var provider = new CfnOIDCProvider(stack, "github", new CfnOIDCProviderProps { Url = $"https://{Issuer}", ClientIdList = ["sts.amazonaws.com"] });
        var role = new Role(stack, "github-role", new RoleProps
        {
            RoleName = NameOf(environment),
            Description = $"GitHub Actions of {environment.Repository} deploy {environment.Name}",
            MaxSessionDuration = Duration.Hours(2),
            AssumedBy = new WebIdentityPrincipal(provider.AttrArn, new Dictionary<string, object>
            {
                ["StringEquals"] = new Dictionary<string, string>
                {
                    [$"{Issuer}:aud"] = "sts.amazonaws.com",
                    [$"{Issuer}:sub"] = $"repo:{environment.Repository}:environment:{environment.Name}",
                },
            }),
        });
        Deployer.Allow(role, environment);
        _ = new CfnOutput(stack, "GitHubRoleArn", new CfnOutputProps { Value = role.RoleArn });
    }

    public static string NameOf(DeployEnvironment environment) => $"onlinecompiler-{environment.Name}-github";
}

/// <summary>What whoever deploys may do: become the roles that bootstrapping made, push images, and put the page in its place.</summary>
internal static class Deployer
{
    public static void Allow(Role role, DeployEnvironment environment)
    {
        var account = environment.Account;
        Allow(role, ["sts:AssumeRole"], $"arn:aws:iam::{account}:role/cdk-hnb659fds-*");
        Allow(role, ["ecr:GetAuthorizationToken"], "*");
        Allow(role, ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"],
            [.. Images.Names(environment).Select(name => $"arn:aws:ecr:{environment.Region}:{account}:repository/{Images.NameOf(environment, name)}")]);
        Allow(role, ["s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
            $"arn:aws:s3:::{environment.SiteBucket}", $"arn:aws:s3:::{environment.SiteBucket}/*");
        Allow(role, ["cloudfront:CreateInvalidation"], $"arn:aws:cloudfront::{account}:distribution/*");
        role.Accept("AwsSolutions-IAM5", "The roles of bootstrapping have a hash in their names, objects and distributions are not known before they are there.");
    }

    private static void Allow(Role role, string[] actions, params string[] resources) =>
        role.AddToPolicy(new PolicyStatement(new PolicyStatementProps { Actions = actions, Resources = resources }));
}
