using OnlineCompiler.Deploy.Tests.Checks;
using OnlineCompiler.Deploy.Tests.Templates;
using OnlineCompiler.Web.StaticFiles;

namespace OnlineCompiler.Deploy.Tests.Edge;

public sealed class EdgeTests(SynthesizedEnvironments environments)
{
    private static readonly string[] _gatewayPaths = ["/api/*", "/judge0/*", "/mcp", "/openapi/*", "/docs*", "/health/*", "/onlinecompiler.*", "/grpc.*"];

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void CloudFront_speaks_TLS_1_2_or_newer_and_HTTP_3(string name)
    {
        var distribution = environments[name].Single("AWS::CloudFront::Distribution");

        Assert.Equal("TLSv1.2_2021", distribution.Text("DistributionConfig.ViewerCertificate.MinimumProtocolVersion"));
        Assert.Equal(("http2and3", "true"), (distribution.Text("DistributionConfig.HttpVersion"), distribution.Text("DistributionConfig.IPV6Enabled")));
        Assert.Equal("redirect-to-https", distribution.Text("DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy"));
        Assert.All(Behaviors(distribution), behavior => Assert.Contains((string?)behavior["ViewerProtocolPolicy"], (string[])["https-only", "redirect-to-https"]));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void The_page_is_in_a_private_bucket_that_CloudFront_alone_reads(string name)
    {
        var template = environments[name];
        var origin = Origin(template, template.Single("AWS::CloudFront::Distribution")["DistributionConfig.DefaultCacheBehavior"]!);
        var bucket = template.Target("Edge", origin["DomainName"]!)!;
        var policy = template.Of("AWS::S3::BucketPolicy").Single(each => template.Target(each.Stack, each["Bucket"]!) == bucket);

        Assert.Equal("AWS::CloudFront::OriginAccessControl", template.Target("Edge", origin["OriginAccessControlId"]!)!.Kind);
        Assert.Equal(template.Context.SiteBucket, bucket.Text("BucketName"));
        Assert.All(bucket["PublicAccessBlockConfiguration"]!.AsObject(), block => Assert.True((bool)block.Value!));
        var readers = policy["PolicyDocument.Statement"]!.AsArray().Where(statement => (string?)statement!["Effect"] == "Allow").ToList();
        Assert.All(readers, statement => Assert.Equal("cloudfront.amazonaws.com", (string?)statement!["Principal"]!["Service"]));
        Assert.All(readers, statement => Assert.Contains(":distribution/", statement!["Condition"]!.ToJsonString(), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void What_the_Gateway_answers_goes_to_its_origin_by_TLS_uncached_and_as_it_comes(string name)
    {
        var template = environments[name];
        var behaviors = Behaviors(template.Single("AWS::CloudFront::Distribution")).Where(behavior => (string?)behavior["PathPattern"] != PageHeaders.FramePath).ToList();

        Assert.Equal(_gatewayPaths, behaviors.Select(behavior => (string?)behavior["PathPattern"]));
        Assert.All(behaviors, behavior =>
        {
            var origin = Origin(template, behavior);
            Assert.Equal((template.Context.OriginDomain, "https-only"), ((string?)origin["DomainName"], (string?)origin["CustomOriginConfig"]!["OriginProtocolPolicy"]));
            // AWS' own policies: nothing is cached, everything is handed on but the host.
            Assert.Equal(("4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "b689b0a8-53d0-40ab-baf2-68738e2966ac"), ((string?)behavior["CachePolicyId"], (string?)behavior["OriginRequestPolicyId"]));
            Assert.False((bool)behavior["Compress"]!);
        });
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Containers), MemberType = typeof(SynthesizedEnvironments))]
    public void gRPC_is_carried_to_its_own_paths(string name)
    {
        var carrying = Behaviors(environments[name].Single("AWS::CloudFront::Distribution")).Where(behavior => behavior["GrpcConfig"] is not null);

        Assert.Equal(["/onlinecompiler.*", "/grpc.*"], carrying.Select(behavior => (string?)behavior["PathPattern"]));
        Assert.Contains(environments[name].Of("AWS::ElasticLoadBalancingV2::ListenerRule"), rule => rule["Conditions"]!.ToJsonString().Contains("""["/onlinecompiler.*","/grpc.*"]""", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void Only_the_page_falls_back_to_itself_and_no_answer_of_the_Gateway_does(string name)
    {
        var distribution = environments[name].Single("AWS::CloudFront::Distribution");

        Assert.Null(distribution["DistributionConfig.CustomErrorResponses"]);
        Assert.Equal("viewer-request", (string?)distribution["DistributionConfig.DefaultCacheBehavior.FunctionAssociations"]![0]!["EventType"]);
        Assert.All(Behaviors(distribution), behavior => Assert.Null(behavior["FunctionAssociations"]));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void What_other_sites_frame_is_the_site_under_headers_of_its_own(string name)
    {
        var template = environments[name];
        var distribution = template.Single("AWS::CloudFront::Distribution");
        var embedded = AllBehaviors(distribution).Where(IsEmbedded).ToList();

        Assert.Equal(["/embed", "/embed/*", "/embed.js"], embedded.Select(behavior => (string?)behavior["PathPattern"]));
        Assert.All(embedded, behavior =>
        {
            Assert.Equal((string?)distribution["DistributionConfig.DefaultCacheBehavior"]!["TargetOriginId"], (string?)behavior["TargetOriginId"]);
            Assert.NotNull(behavior["FunctionAssociations"]);
            var headers = template.Target("Edge", behavior["ResponseHeadersPolicyId"]!)!;
            Assert.Equal(PageHeaders.EmbeddedContentSecurityPolicy, headers.Text("ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy"));
            Assert.Null(headers["ResponseHeadersPolicyConfig.SecurityHeadersConfig.FrameOptions"]);
        });
    }

    [Fact]
    public async Task A_route_of_the_page_is_the_page_with_200_and_a_file_is_itself()
    {
        var code = environments["production"].Single("AWS::CloudFront::Function").Text("FunctionCode")!;
        var script = $"{code}\nfor (const uri of process.argv.slice(1)) console.log(handler({{ request: {{ uri }} }}).uri)";

        var answers = await NodeProcess.RunAsync("-e", script, "/", "/s/abc", "/deep/er/route", "/assets/index-1a2b.js", "/favicon.svg", "/v1.2/route", "/embed/abc", "/embedded");

        Assert.Equal(["/index.html", "/index.html", "/index.html", "/assets/index-1a2b.js", "/favicon.svg", "/index.html", "/embed.html", "/index.html"], answers.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void The_page_has_the_headers_that_the_web_host_gives_it(string name)
    {
        var policies = environments[name].Of("AWS::CloudFront::ResponseHeadersPolicy").ToDictionary(policy => policy.Text("ResponseHeadersPolicyConfig.Name")!.Split('-')[^1]);
        var page = policies["page"]["ResponseHeadersPolicyConfig.SecurityHeadersConfig"]!;
        var further = policies["page"]["ResponseHeadersPolicyConfig.CustomHeadersConfig.Items"]!.AsArray().ToDictionary(header => (string)header!["Header"]!, header => (string)header!["Value"]!);

        Assert.Equal(PageHeaders.ContentSecurityPolicy, (string?)page["ContentSecurityPolicy"]!["ContentSecurityPolicy"]);
        Assert.Equal("no-referrer", (string?)page["ReferrerPolicy"]!["ReferrerPolicy"]);
        Assert.NotNull(page["ContentTypeOptions"]);
        Assert.Equal(PageHeaders.Further, further);
        Assert.All(policies.Values, policy => Assert.Equal("31536000", policy.Text("ResponseHeadersPolicyConfig.SecurityHeadersConfig.StrictTransportSecurity.AccessControlMaxAgeSec")));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void The_frame_for_pages_of_programs_has_a_policy_of_its_own(string name)
    {
        var policy = environments[name].Of("AWS::CloudFront::ResponseHeadersPolicy").Single(policy => policy.Text("ResponseHeadersPolicyConfig.Name")!.EndsWith("-frame", StringComparison.Ordinal));
        var headers = policy["ResponseHeadersPolicyConfig.SecurityHeadersConfig"]!;
        var frame = Behaviors(environments[name].Single("AWS::CloudFront::Distribution")).Single(behavior => (string?)behavior["PathPattern"] == PageHeaders.FramePath);

        Assert.Equal(PageHeaders.FrameContentSecurityPolicy, (string?)headers["ContentSecurityPolicy"]!["ContentSecurityPolicy"]);
        Assert.Equal("SAMEORIGIN", (string?)headers["FrameOptions"]!["FrameOption"]);
        Assert.Equal(policy.Id, (string?)frame["ResponseHeadersPolicyId"]!["Ref"]);
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void WAF_has_AWS_managed_rules_and_rates_for_each_address(string name)
    {
        var firewall = environments[name].Single("AWS::WAFv2::WebACL");
        var rules = firewall["Rules"]!.AsArray();

        Assert.Equal(environments[name].Single("AWS::CloudFront::Distribution")["DistributionConfig.WebACLId"]!.ToJsonString(), $"{{\"Fn::GetAtt\":[\"{firewall.Id}\",\"Arn\"]}}");
        Assert.Equal(["AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"],
            rules.Select(rule => (string?)rule!["Statement"]!["ManagedRuleGroupStatement"]?["Name"]).Where(group => group is not null));
        Assert.Equal([1_000, 3_000], rules.Select(rule => (int?)rule!["Statement"]!["RateBasedStatement"]?["Limit"]).Where(limit => limit is not null));
        Assert.All(rules.Where(rule => rule!["Statement"]!["RateBasedStatement"] is not null), rule => Assert.Equal(429, (int)rule!["Action"]!["Block"]!["CustomResponse"]!["ResponseCode"]!));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void A_program_in_a_body_is_counted_by_WAF_and_not_refused(string name)
    {
        var overrides = environments[name].Single("AWS::WAFv2::WebACL")["Rules"]!.AsArray()
            .SelectMany(rule => rule!["Statement"]!["ManagedRuleGroupStatement"]?["RuleActionOverrides"] as JsonArray ?? []).ToList();

        Assert.Contains(overrides, each => (string?)each!["Name"] == "SizeRestrictions_BODY");
        Assert.All(overrides, each => Assert.EndsWith("_BODY", (string?)each!["Name"], StringComparison.Ordinal));
        Assert.All(overrides, each => Assert.NotNull(each!["ActionToUse"]!["Count"]));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void Site_and_origin_have_certificates_and_names(string name)
    {
        var template = environments[name];
        var context = template.Context;

        Assert.Equal([("Edge", context.Domain), ("Services", context.OriginDomain)],
            template.Of("AWS::CertificateManager::Certificate").Select(certificate => (certificate.Stack, certificate.Text("DomainName")!)).OrderBy(each => each.Stack, StringComparer.Ordinal));
        Assert.Equal([("Edge", $"{context.Domain}. A"), ("Edge", $"{context.Domain}. AAAA"), ("Services", $"{context.OriginDomain}. A")],
            template.Of("AWS::Route53::RecordSet").Select(record => (record.Stack, $"{record.Text("Name")} {record.Text("Type")}")).Order());
        Assert.All(template.Of("AWS::Route53::RecordSet"), record => Assert.Equal(context.HostedZone.Id, record.Text("HostedZoneId")));
    }

    /// <summary>Of what the Gateway answers.</summary>
    private static IEnumerable<JsonObject> Behaviors(TemplateResource distribution) => AllBehaviors(distribution).Where(behavior => !IsEmbedded(behavior));

    private static IEnumerable<JsonObject> AllBehaviors(TemplateResource distribution) =>
        distribution["DistributionConfig.CacheBehaviors"]!.AsArray().Select(behavior => behavior!.AsObject());

    private static bool IsEmbedded(JsonObject behavior) => ((string?)behavior["PathPattern"])!.StartsWith("/embed", StringComparison.Ordinal);

    private static JsonObject Origin(Template template, JsonNode behavior) => template.Single("AWS::CloudFront::Distribution")["DistributionConfig.Origins"]!.AsArray()
        .Select(origin => origin!.AsObject()).Single(origin => (string?)origin["Id"] == (string?)behavior["TargetOriginId"]);
}
