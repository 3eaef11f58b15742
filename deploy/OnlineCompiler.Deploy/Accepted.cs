using Amazon.CDK;
using Constructs;

namespace OnlineCompiler.Deploy;

/// <summary>Findings of cdk-nag that stay, each with its reason. They travel in the template's metadata, where cdk-nag looks for them.</summary>
internal static class Accepted
{
    private const string Metadata = "cdk_nag";

    /// <summary>Accepts the finding <paramref name="rule"/>, e.g. <c>AwsSolutions-IAM5</c>, for everything in <paramref name="construct"/>.</summary>
    public static void Accept(this IConstruct construct, string rule, string reason)
    {
        foreach (var resource in construct.Node.FindAll().OfType<CfnResource>())
            Add(resource, rule, reason);
    }

    private static void Add(CfnResource resource, string rule, string reason)
    {
        var known = resource.GetMetadata(Metadata) as IDictionary<string, object>;
        var rules = known is not null && known.TryGetValue("rules_to_suppress", out var list) ? ((IEnumerable<object>)list).ToList() : [];
        rules.Add(new Dictionary<string, object> { ["id"] = rule, ["reason"] = reason });
        resource.AddMetadata(Metadata, new Dictionary<string, object> { ["rules_to_suppress"] = rules.ToArray() });
    }
}
