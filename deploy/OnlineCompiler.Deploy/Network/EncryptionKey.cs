using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using OnlineCompiler.Deploy.Environments;

namespace OnlineCompiler.Deploy.Network;

/// <summary>The one key that an environment's data, secrets, images and logs are encrypted with.</summary>
internal static class EncryptionKey
{
    public static Key Create(Stack stack, DeployEnvironment environment)
    {
        var key = new Key(stack, "Key", new KeyProps
        {
            Alias = $"onlinecompiler-{environment.Name}",
            EnableKeyRotation = true,
            PendingWindow = Duration.Days(30),
            RemovalPolicy = RemovalPolicy.RETAIN,
        });
        Allow(key, $"logs.{environment.Region}.amazonaws.com");
        // An alarm that cannot encrypt what it says is never heard.
        Allow(key, "cloudwatch.amazonaws.com");
        return key;
    }

    private static void Allow(Key key, string service) => key.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
    {
        Principals = [new ServicePrincipal(service)],
        Actions = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
        Resources = ["*"],
    }));
}
