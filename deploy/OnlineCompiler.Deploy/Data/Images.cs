using Amazon.CDK;
using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.KMS;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Model;

namespace OnlineCompiler.Deploy.Data;

/// <summary>A repository for each image: looked through when an image comes, and cleared of old ones.</summary>
internal sealed class Images
{
    /// <summary>The collector's image, mirrored: isolated subnets reach no other registry.</summary>
    public const string Collector = "collector";

    /// <summary>The Gateway with the services beside it that a function starts with it.</summary>
    public const string Function = "function";

    private const int KeptReleases = 30;

    private readonly Dictionary<string, Repository> _repositories = [];

    public Images(Stack stack, DeployEnvironment environment, IKey key)
    {
        foreach (var name in Names(environment))
        {
            _repositories[name] = new Repository(stack, $"{name}-images", new RepositoryProps
            {
                RepositoryName = NameOf(environment, name),
                ImageScanOnPush = true,
                // A tag means one image for ever: what was tested is what is deployed.
                ImageTagMutability = TagMutability.IMMUTABLE,
                Encryption = RepositoryEncryption.KMS,
                EncryptionKey = key,
                RemovalPolicy = RemovalPolicy.RETAIN,
                LifecycleRules =
                [
                    new LifecycleRule { RulePriority = 1, Description = "What no tag names any more", TagStatus = TagStatus.UNTAGGED, MaxImageAge = Duration.Days(7) },
                    new LifecycleRule { RulePriority = 2, Description = "Releases to go back to", TagStatus = TagStatus.ANY, MaxImageCount = KeptReleases },
                ],
            });
        }
    }

    public static string NameOf(DeployEnvironment environment, string name) => $"onlinecompiler-{environment.Name}/{name}";

    public Repository Of(string name) => _repositories[name];

    /// <summary>Those that the environment runs.</summary>
    public static IEnumerable<string> Names(DeployEnvironment environment) => environment.IsServerless
        ? [Function, ServiceModels.Execution, Collector]
        : [.. ServiceModels.Containers.Select(service => service.Name), Collector];
}
