using OnlineCompiler.Deploy.Tests.Rules;
using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Network;

public sealed class NetworkTests(SynthesizedEnvironments environments)
{
    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void The_network_has_public_private_and_isolated_subnets_in_two_zones(string name)
    {
        var template = environments[name];

        var subnets = template.Of("AWS::EC2::Subnet").Select(subnet => (Name: NameOf(subnet), Zone: subnet.Text("AvailabilityZone"))).ToList();

        Assert.Equal(["isolated", "private", "public"], subnets.Select(subnet => subnet.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.All(subnets.GroupBy(subnet => subnet.Name), each => Assert.Equal(template.Context.Zones, each.Select(subnet => subnet.Zone)));
        Assert.Equal(template.Context.NatGateways, template.Of("AWS::EC2::NatGateway").Count());
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void What_starts_in_isolated_subnets_finds_AWS_by_private_endpoints_there(string name)
    {
        var template = environments[name];
        var isolated = AddressRules.IsolatedSubnets(template).Select(subnet => subnet.Id).ToHashSet();

        var endpoints = template.Of("AWS::EC2::VPCEndpoint").Where(endpoint => endpoint.Text("VpcEndpointType") == "Interface").ToList();

        Assert.Equal(["ecr.api", "ecr.dkr", "logs", "secretsmanager", "xray"], endpoints.Select(endpoint => endpoint.Text("ServiceName")!.Split('.', 4)[3]).Order(StringComparer.Ordinal));
        Assert.All(endpoints, endpoint => Assert.Equal(isolated, endpoint["SubnetIds"]!.AsArray().Select(subnet => (string)subnet!["Ref"]!).ToHashSet()));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void By_the_endpoint_of_S3_only_layers_of_images_can_be_read(string name)
    {
        var template = environments[name];

        var endpoint = template.Of("AWS::EC2::VPCEndpoint").Single(each => each.Text("VpcEndpointType") == "Gateway" && each.Text("ServiceName")!.Contains(".s3", StringComparison.Ordinal));
        var statement = Assert.Single(endpoint["PolicyDocument.Statement"]!.AsArray())!;

        Assert.Equal("s3:GetObject", (string?)statement["Action"]);
        Assert.Equal($"arn:aws:s3:::prod-{template.Context.Region}-starport-layer-bucket/*", (string?)statement["Resource"]);
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void What_passes_in_the_network_is_logged(string name)
    {
        var flow = environments[name].Single("AWS::EC2::FlowLog");

        Assert.Equal("ALL", flow.Text("TrafficType"));
        Assert.Equal("AWS::Logs::LogGroup", environments[name].Target("Network", flow["LogGroupName"]!)!.Kind);
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void One_key_of_the_environments_own_is_renewed_by_itself_and_outlives_its_stack(string name)
    {
        var key = environments[name].Single("AWS::KMS::Key");

        Assert.Equal("true", key.Text("EnableKeyRotation"));
        Assert.Equal("Retain", (string?)key.Json["DeletionPolicy"]);
    }

    private static string NameOf(TemplateResource subnet) =>
        (string)subnet["Tags"]!.AsArray().Single(tag => (string?)tag!["Key"] == "aws-cdk:subnet-name")!["Value"]!;
}
