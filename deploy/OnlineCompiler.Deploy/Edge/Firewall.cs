using Amazon.CDK;
using Amazon.CDK.AWS.WAFv2;
using OnlineCompiler.Deploy.Environments;

namespace OnlineCompiler.Deploy.Edge;

/// <summary>
/// WAF in front of CloudFront: AWS' lists of bad callers and requests, and how often one address may ask. What it looks for in a body is
/// counted, not refused: bodies here are programs, and look like attacks by nature.
/// </summary>
internal static class Firewall
{
    /// <summary>Requests of one address in five minutes; the Gateway's own limits are finer, this stops floods before they cost.</summary>
    public const int RequestsPerFiveMinutes = 3_000;

    /// <summary>The same for what runs programs.</summary>
    public const int RunsPerFiveMinutes = 1_000;

    private static readonly string[] _bodyRules =
    [
        "SizeRestrictions_BODY", "CrossSiteScripting_BODY", "GenericLFI_BODY", "GenericRFI_BODY", "EC2MetaDataSSRF_BODY",
    ];

    private static readonly string[] _badInputBodyRules = ["JavaDeserializationRCE_BODY", "Log4JRCE_BODY", "ReactJSRCE_BODY"];

    public static CfnWebACL Create(Stack stack, DeployEnvironment environment) => new(stack, "firewall", new CfnWebACLProps
    {
        Name = $"onlinecompiler-{environment.Name}",
        Scope = "CLOUDFRONT",
        DefaultAction = new CfnWebACL.DefaultActionProperty { Allow = new CfnWebACL.AllowActionProperty() },
        VisibilityConfig = Seen("all"),
        Rules = new object[]
        {
            Managed(0, "AWSManagedRulesAmazonIpReputationList", []),
            Managed(1, "AWSManagedRulesCommonRuleSet", _bodyRules),
            Managed(2, "AWSManagedRulesKnownBadInputsRuleSet", _badInputBodyRules),
            Rate(3, "runs", RunsPerFiveMinutes, new CfnWebACL.StatementProperty
            {
                RegexMatchStatement = new CfnWebACL.RegexMatchStatementProperty
                {
                    RegexString = "^/(api/v1/(executions|judgements|submissions|ai)|api/v2|judge0|mcp|onlinecompiler[.])",
                    FieldToMatch = new CfnWebACL.FieldToMatchProperty { UriPath = new Dictionary<string, object>() },
                    TextTransformations = new object[] { new CfnWebACL.TextTransformationProperty { Priority = 0, Type = "LOWERCASE" } },
                },
            }),
            Rate(4, "requests", RequestsPerFiveMinutes, null),
        },
    });

    private static CfnWebACL.RuleProperty Managed(int priority, string name, string[] counted) => new()
    {
        Name = name,
        Priority = priority,
        OverrideAction = new CfnWebACL.OverrideActionProperty { None = new Dictionary<string, object>() },
        Statement = new CfnWebACL.StatementProperty
        {
            ManagedRuleGroupStatement = new CfnWebACL.ManagedRuleGroupStatementProperty
            {
                VendorName = "AWS",
                Name = name,
                RuleActionOverrides = counted.Select(rule => (object)new CfnWebACL.RuleActionOverrideProperty
                {
                    Name = rule,
                    ActionToUse = new CfnWebACL.RuleActionProperty { Count = new CfnWebACL.CountActionProperty() },
                }).ToArray(),
            },
        },
        VisibilityConfig = Seen(name),
    };

    private static CfnWebACL.RuleProperty Rate(int priority, string name, int limit, CfnWebACL.StatementProperty? scope) => new()
    {
        Name = name,
        Priority = priority,
        Action = new CfnWebACL.RuleActionProperty
        {
            Block = new CfnWebACL.BlockActionProperty { CustomResponse = new CfnWebACL.CustomResponseProperty { ResponseCode = 429 } },
        },
        Statement = new CfnWebACL.StatementProperty
        {
            RateBasedStatement = new CfnWebACL.RateBasedStatementProperty { Limit = limit, AggregateKeyType = "IP", ScopeDownStatement = scope },
        },
        VisibilityConfig = Seen(name),
    };

    private static CfnWebACL.VisibilityConfigProperty Seen(string name) =>
        new() { CloudWatchMetricsEnabled = true, SampledRequestsEnabled = true, MetricName = name };
}
