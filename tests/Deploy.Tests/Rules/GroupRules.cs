using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Rules;

/// <summary>
/// Who may speak with whom, read out of the templates and compared with a table that is written down here once more, pair by pair: a rule
/// that the program derives wrongly, or that a construct adds by itself, is in one of them alone.
/// </summary>
internal static class GroupRules
{
    private const string Anywhere = "0.0.0.0/0";

    /// <summary>A group without a rule to go out by would be given one for everything, so the constructs add one to an address that nobody has.</summary>
    private const string Nowhere = "255.255.255.255/32";

    private const int Gateway = 8080;
    private const int Grpc = 8081;
    private const int Redis = 6380;
    private const int Https = 443;

    private static readonly (string From, string To, int Port)[] _always =
    [
        ("gateway", "execution", Grpc), ("ai", "execution", Grpc),
        ("gateway", "endpoints", Https), ("ai", "endpoints", Https), ("execution", "endpoints", Https),
        ("gateway", Anywhere, Https), ("ai", Anywhere, Https),
    ];

    private static readonly (string From, string To, int Port)[] _containers =
    [
        ("list:cloudFront", "balancer", Https), ("balancer", "gateway", Gateway), ("balancer", "gateway", Grpc),
        ("gateway", "session", Grpc), ("gateway", "ai", Grpc), ("session", "endpoints", Https), ("session", "list:s3", Https),
        ("gateway", "redis", Redis), ("session", "redis", Redis), ("execution", "redis", Redis),
        ("rotation", "redis", Redis), ("rotation", Anywhere, Https),
    ];

    private static readonly (string From, string To, int Port)[] _hosts = [("host", "endpoints", Https), ("host", Anywhere, Https)];

    private static readonly (string From, string To, int Port)[] _tasks =
    [
        ("worker", "execution", Grpc), ("worker", "endpoints", Https), ("worker", "list:s3", Https), ("execution", "list:s3", Https),
    ];

    public static IEnumerable<string> Violations(Template template)
    {
        var environment = template.Context;
        (string, string, int)[] allowed =
        [
            .. _always,
            .. environment.IsServerless ? [] : _containers,
            .. environment.UsesTasks ? _tasks : _hosts,
            .. environment is { IsServerless: false, Sessions: Deploy.Environments.SessionStore.DynamoDb } ? [("session", "list:dynamoDb", Https)] : Array.Empty<(string, string, int)>(),
        ];
        var outgoing = RulesOf(template, "Egress").Where(rule => rule.To != Nowhere).ToHashSet();
        var incoming = RulesOf(template, "Ingress").ToHashSet();

        foreach (var (from, to, port) in outgoing.Concat(incoming).Except(allowed))
            yield return $"{from} may speak with {to} at {port}, and need not.";
        foreach (var (from, to, port) in allowed.Where(pair => !IsOutside(pair.Item2)).Except(incoming))
            yield return $"{to} does not let {from} in at {port}.";
        foreach (var (from, to, port) in allowed.Where(pair => !IsOutside(pair.Item1)).Except(outgoing))
            yield return $"{from} may not go out to {to} at {port}.";
        foreach (var (from, to, _) in incoming.Where(rule => rule.From == Anywhere))
            yield return $"{to} lets in {from}.";
    }

    private static bool IsOutside(string name) => name == Anywhere || name.StartsWith("list:", StringComparison.Ordinal);

    private static IEnumerable<(string From, string To, int Port)> RulesOf(Template template, string direction)
    {
        foreach (var group in template.Of("AWS::EC2::SecurityGroup"))
        {
            foreach (var rule in group[$"SecurityGroup{direction}"] as JsonArray ?? [])
                yield return Read(template, group.Stack, direction, NameOf(group), rule!.AsObject());
        }

        foreach (var resource in template.Of($"AWS::EC2::SecurityGroup{direction}"))
            yield return Read(template, resource.Stack, direction, NameOf(template.Target(resource.Stack, resource["GroupId"]!)!), resource.Values);
    }

    private static (string From, string To, int Port) Read(Template template, string stack, string direction, string group, JsonObject rule)
    {
        var other = PeerOf(template, stack, rule);
        // Anything but one port of TCP is no rule that the table could have.
        var port = (string?)rule["IpProtocol"] == "tcp" && (int?)rule["FromPort"] == (int?)rule["ToPort"] ? (int)rule["FromPort"]! : -1;
        return direction == "Egress" ? (group, other, port) : (other, group, port);
    }

    private static string PeerOf(Template template, string stack, JsonObject rule)
    {
        if ((rule["SourceSecurityGroupId"] ?? rule["DestinationSecurityGroupId"]) is { } group)
            return NameOf(template.Target(stack, group)!);
        if ((string?)(rule["SourcePrefixListId"] ?? rule["DestinationPrefixListId"]) is { } list)
            return ListName(template, list);
        return (string?)(rule["CidrIp"] ?? rule["CidrIpv6"]) ?? "nobody knows whom";
    }

    private static string ListName(Template template, string list)
    {
        var lists = template.Context.PrefixLists;
        return list == lists.CloudFront ? "list:cloudFront" : list == lists.S3 ? "list:s3" : list == lists.DynamoDb ? "list:dynamoDb" : list;
    }

    private static string NameOf(TemplateResource group) => group.Text("GroupName")!.Split('-')[^1];
}
