using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SecretsManager;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Network;

namespace OnlineCompiler.Deploy.Data;

/// <summary>What only containers may know. Nobody types one in but the AI's key; the others are made by AWS and never shown.</summary>
internal sealed class Secrets
{
    /// <summary>CloudFront asks in us-east-1, and reads its secret there.</summary>
    private const string EdgeRegion = "us-east-1";

    public Secrets(Stack stack, DeployEnvironment environment, IKey key)
    {
        AiKey = Create(stack, environment, key, "ai-key", "The key of the AI's provider");
        AiKey.Accept("AwsSolutions-SMG4", "It is given out by the provider of the model, who alone can rotate it.");
        if (!environment.IsServerless)
        {
            Origin = Create(stack, environment, key, "origin", "What CloudFront says, so that the load balancer answers nobody else");
            Origin.Accept("AwsSolutions-SMG4", "Both sides read it as they are deployed: a new one is made by deploying with another name.");
        }

        if (environment.UsesTasks)
        {
            WorkerToken = Create(stack, environment, key, "worker-token", "What a worker must know to be given a job");
            WorkerToken.Accept("AwsSolutions-SMG4", "Workers and dispatcher read it as they start, and must agree: it is changed by deploying both.");
        }
    }

    public Secret AiKey { get; }

    public Secret? Origin { get; }

    public Secret? WorkerToken { get; }

    /// <summary>The origin's secret as a template says it, in whichever region: the value itself is in no template.</summary>
    public static string OriginValue(DeployEnvironment environment) => $"{{{{resolve:secretsmanager:{NameOf(environment, "origin")}:SecretString}}}}";

    public static string NameOf(DeployEnvironment environment, string name) => $"onlinecompiler/{environment.Name}/{name}";

    private static Secret Create(Stack stack, DeployEnvironment environment, IKey key, string name, string description)
    {
        var atEdge = name == "origin" && environment.Region != EdgeRegion;
        return new Secret(stack, name, new SecretProps
        {
            SecretName = NameOf(environment, name),
            Description = description,
            // A copy elsewhere cannot use a key of here; in its own region it has AWS' key for secrets.
            EncryptionKey = key,
            ReplicaRegions = atEdge ? [new ReplicaRegion { Region = EdgeRegion }] : null,
            GenerateSecretString = new SecretStringGenerator { PasswordLength = 48, ExcludePunctuation = true },
            RemovalPolicy = RemovalPolicy.DESTROY,
        });
    }
}
