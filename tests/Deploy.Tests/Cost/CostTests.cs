using OnlineCompiler.Deploy.Cost;
using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Cost;

public sealed class CostTests(SynthesizedEnvironments environments)
{
    private static readonly Traffic _none = new("none", 0, 0, 0);

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void Every_type_that_is_deployed_is_priced_or_said_to_be_free(string name)
    {
        var templates = TemplateSet.Load(environments.FolderOf(name));

        Assert.All(templates.ByType, type => Assert.True(ResourceCosts.Knows(type.Key), type.Key));
        Assert.True(templates.ByType.Count(type => ResourceCosts.IsPriced(type.Key)) > 15);
        Assert.All(Traffic.All, traffic => Assert.True(Bill.Of(templates, traffic).Usd > 0));
    }

    [Fact]
    public void A_type_that_nobody_has_priced_is_refused_by_its_name()
    {
        var error = Assert.Throws<CostException>(() => Bill.Of(Templates("""{ "a": { "Type": "AWS::Redshift::Cluster" } }"""), _none));

        Assert.Contains("AWS::Redshift::Cluster", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_instance_that_nobody_has_priced_is_refused_by_its_name()
    {
        var templates = Templates("""{ "a": { "Type": "AWS::ElastiCache::ReplicationGroup", "Properties": { "CacheNodeType": "cache.x9.huge", "NumCacheClusters": 2 } } }""");

        Assert.Contains("cache.x9.huge", Assert.Throws<CostException>(() => Bill.Of(templates, _none)).Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Two gateways of half a processor and 1 GB on Graviton, for a month of 730 hours:
    /// 2 x 0.5 x 730 x 0.03238 = 23.6374, and 2 x 1 x 730 x 0.00356 = 5.1976.
    /// </summary>
    [Fact]
    public void Tasks_are_paid_for_by_processors_and_memory()
    {
        var bill = Bill.Of(Templates("""
            {
              "task": { "Type": "AWS::ECS::TaskDefinition", "Properties": { "Cpu": "512", "Memory": "1024", "RuntimePlatform": { "CpuArchitecture": "ARM64" } } },
              "service": { "Type": "AWS::ECS::Service", "Properties": { "ServiceName": "gateway", "LaunchType": "FARGATE", "DesiredCount": 2, "TaskDefinition": { "Ref": "task" } } }
            }
            """), _none);

        Assert.Equal(28.8350m, bill.Groups.Single(group => group.Group == "services").Usd);
    }

    /// <summary>
    /// 3 600 000 runs of 1.4 stages in 730 hours are 1.3699 runs and 1.9178 tasks a second, of a minute each: 115.0685 tasks on average,
    /// and the 2 that wait. 117.0685 x 730 h x (0.04048 + 4 x 0.004445).
    /// </summary>
    [Theory]
    [InlineData(200, "4978.90")]
    [InlineData(50, "2126.49")]
    public void Single_use_tasks_follow_the_runs_up_to_the_most_there_may_be(int most, string expected)
    {
        var bill = Bill.Of(Templates($$"""
            {
              "task": { "Type": "AWS::ECS::TaskDefinition", "Properties": { "Cpu": "1024", "Memory": "4096", "RuntimePlatform": { "CpuArchitecture": "X86_64" } } },
              "service": { "Type": "AWS::ECS::Service", "Properties": { "ServiceName": "worker", "LaunchType": "FARGATE", "DesiredCount": 2, "TaskDefinition": { "Ref": "task" } } },
              "scaling": { "Type": "AWS::ApplicationAutoScaling::ScalableTarget", "Properties": { "ServiceNamespace": "ecs", "MaxCapacity": {{most}}, "ResourceId": { "Fn::Join": ["", ["service/", { "Fn::GetAtt": ["service", "Name"] }]] } } }
            }
            """), new Traffic("much", 3_600_000, 0, 0));

        Assert.Equal(expected, bill.Groups.Single(group => group.Group == "programs").Usd.ToString("F2", null));
        Assert.Equal(most == 50, bill.Lines.Any(line => line.IsAtMost));
    }

    /// <summary>0.045 x 730 = 32.85 each, 0.005 x 730 = 3.65 for the address; an endpoint in two zones 2 x 0.01 x 730 = 14.60; one of a gateway's kind nothing.</summary>
    [Fact]
    public void What_stands_there_all_day_costs_without_any_traffic()
    {
        var bill = Bill.Of(Templates("""
            {
              "nat1": { "Type": "AWS::EC2::NatGateway" }, "nat2": { "Type": "AWS::EC2::NatGateway" }, "address": { "Type": "AWS::EC2::EIP" },
              "logs": { "Type": "AWS::EC2::VPCEndpoint", "Properties": { "VpcEndpointType": "Interface", "SubnetIds": ["a", "b"] } },
              "s3": { "Type": "AWS::EC2::VPCEndpoint", "Properties": { "VpcEndpointType": "Gateway" } },
              "subnet": { "Type": "AWS::EC2::Subnet" }
            }
            """), _none);

        Assert.Equal((2 * 32.85m) + 3.65m + 14.60m, bill.Usd);
    }

    /// <summary>A web ACL 5, three rules 3, and 4 million requests of a million runs 2.40.</summary>
    [Fact]
    public void Requests_are_counted_with_the_runs()
    {
        var templates = Templates("""{ "acl": { "Type": "AWS::WAFv2::WebACL", "Properties": { "Rules": [{}, {}, {}] } } }""");

        Assert.Equal(10.40m, Bill.Of(templates, new Traffic("a million", 1_000_000, 0, 0)).Usd);
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void More_traffic_never_costs_less_and_every_knob_saves_less_than_there_is(string name)
    {
        var templates = TemplateSet.Load(environments.FolderOf(name));
        var bills = Traffic.All.Select(traffic => Bill.Of(templates, traffic)).ToList();

        Assert.Equal(bills.Select(bill => bill.Usd).Order(), bills.Select(bill => bill.Usd));
        foreach (var bill in bills)
        {
            var knobs = Knobs.Of(environments[name].Context, templates, bill.Traffic).ToList();
            Assert.NotEmpty(knobs);
            Assert.All(knobs, knob => Assert.InRange(knob.SavedUsd, 0.01m, bill.Usd));
        }
    }

    /// <summary>A price without a source, or of a day to come, is nobody's.</summary>
    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void Every_price_says_where_it_was_read_and_of_when_it_is(string name)
    {
        var prices = Traffic.All.SelectMany(traffic => Bill.Of(TemplateSet.Load(environments.FolderOf(name)), traffic).Lines).Select(line => line.Price).Distinct().ToList();

        Assert.True(prices.Count > 20);
        Assert.All(prices, price =>
        {
            Assert.True(price.Usd > 0);
            Assert.Matches(@"\bAWS\b|github\.com/|aws\.amazon\.com/", price.Source.Name);
            Assert.InRange(price.Source.Of, new DateOnly(2025, 1, 1), Prices.AsOf);
        });
    }

    [Fact]
    public void A_build_minute_is_one_of_the_machine_that_the_pipeline_builds_on()
    {
        var projects = environments["staging"].Of("AWS::CodeBuild::Project").ToList();

        Assert.NotEmpty(projects);
        Assert.All(projects, project => Assert.Equal("BUILD_GENERAL1_LARGE", project.Text("Environment.ComputeType")));
        Assert.Contains("eight processors", Prices.BuildMinute.Unit, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_says_what_was_asked_for_and_how_old_its_prices_are()
    {
        var text = CostCommand.Describe(environments["serverless"].Context, TemplateSet.Load(environments.FolderOf("serverless")));
        TestContext.Current.TestOutputHelper?.WriteLine(text);

        Assert.Contains("asked for at low traffic: 10 to 50 USD", text, StringComparison.Ordinal);
        Assert.Contains("of it aged prices", text, StringComparison.Ordinal);
        Assert.Contains("  prices of 2025-06-18: AWS' price files", text, StringComparison.Ordinal);
        Assert.Contains("saves most at low traffic: ", text, StringComparison.Ordinal);
    }

    private static TemplateSet Templates(string resources) =>
        new([.. TemplateSet.Read(new JsonObject { ["Resources"] = JsonNode.Parse(resources) })]);
}
