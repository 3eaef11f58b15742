using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Rules;

/// <summary>The rules hold for what is deployed, and each finds the fault that it is there for.</summary>
public sealed class RuleTests(SynthesizedEnvironments environments)
{
    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void Every_environment_keeps_every_rule(string name) => Assert.Empty(RuleSet.Violations(environments[name]));

    [Theory]
    [InlineData("production", "execution")]
    [InlineData("fargate", "worker")]
    [InlineData("serverless", "worker")]
    public void A_public_address_for_what_runs_programs_is_found(string name, string service)
    {
        var template = environments[name].Copy();
        template.Service(service)["NetworkConfiguration.AwsvpcConfiguration"]!["AssignPublicIp"] = "ENABLED";

        Assert.Equal([$"The service {service} has a public address."], RuleSet.Violations(template));
    }

    [Fact]
    public void A_public_address_for_a_host_is_found()
    {
        var template = environments["production"].Copy();
        var host = template.Single("AWS::EC2::LaunchTemplate");
        host["LaunchTemplateData.NetworkInterfaces"]![0]!["AssociatePublicIpAddress"] = true;

        Assert.Equal([$"The host {host.Id} has a public address."], RuleSet.Violations(template));
    }

    [Fact]
    public void A_subnet_that_gives_public_addresses_is_found()
    {
        var template = environments["production"].Copy();
        var subnet = AddressRules.IsolatedSubnets(template).First();
        subnet.Values["MapPublicIpOnLaunch"] = true;

        Assert.Equal([$"The subnet {subnet.Id} gives public addresses."], RuleSet.Violations(template));
    }

    [Theory]
    [InlineData("production", "execution")]
    [InlineData("fargate", "worker")]
    public void Programs_in_subnets_with_a_way_out_are_found(string name, string service)
    {
        var template = environments[name].Copy();
        var elsewhere = template.Service("gateway")["NetworkConfiguration.AwsvpcConfiguration.Subnets"]!.DeepClone();
        template.Service(service)["NetworkConfiguration.AwsvpcConfiguration"]!["Subnets"] = elsewhere;

        Assert.Equal([$"The service {service} runs programs outside of the isolated subnets."], RuleSet.Violations(template));
    }

    [Fact]
    public void A_route_out_of_an_isolated_subnet_is_found()
    {
        var template = environments["production"].Copy();
        var isolated = AddressRules.IsolatedSubnets(template).First().Id;
        var table = template.Of("AWS::EC2::SubnetRouteTableAssociation").Single(association => (string?)association["SubnetId"]!["Ref"] == isolated)["RouteTableId"]!;
        template.ResourceTable("Network")["planted"] = new JsonObject
        {
            ["Type"] = "AWS::EC2::Route",
            ["Properties"] = new JsonObject { ["RouteTableId"] = table.DeepClone(), ["DestinationCidrBlock"] = "0.0.0.0/0", ["NatGatewayId"] = "nat-1" },
        };

        Assert.Equal(["An isolated subnet has a route out, planted."], RuleSet.Violations(template));
    }

    [Fact]
    public void A_security_group_that_is_open_to_the_world_is_found()
    {
        var template = environments["production"].Copy();
        var group = template.Of("AWS::EC2::SecurityGroup").Single(each => each.Text("GroupName") == "onlinecompiler-production-execution");
        group.Values["SecurityGroupIngress"] = new JsonArray(new JsonObject { ["CidrIp"] = "0.0.0.0/0", ["IpProtocol"] = "tcp", ["FromPort"] = 22, ["ToPort"] = 22 });

        Assert.Equal(["0.0.0.0/0 may speak with execution at 22, and need not.", "execution lets in 0.0.0.0/0."], RuleSet.Violations(template));
    }

    [Fact]
    public void A_security_group_that_is_open_to_a_neighbour_is_found()
    {
        var template = environments["production"].Copy();
        var rule = template.Of("AWS::EC2::SecurityGroupIngress").Single(each => each.Text("Description") == "from ai" && each.Text("FromPort") == "8081");
        rule.Values["FromPort"] = 0;
        rule.Values["ToPort"] = 65_535;

        Assert.Contains("ai may speak with execution at -1, and need not.", RuleSet.Violations(template));
    }

    [Theory]
    [InlineData("production", "execution")]
    [InlineData("fargate", "worker")]
    [InlineData("serverless", "worker")]
    public void A_security_group_that_lets_programs_out_is_found(string name, string service)
    {
        var template = environments[name].Copy();
        var group = template.Of("AWS::EC2::SecurityGroup").Single(each => each.Text("GroupName") == $"onlinecompiler-{name}-{service}");
        template.ResourceTable(group.Stack)["planted"] = new JsonObject
        {
            ["Type"] = "AWS::EC2::SecurityGroupEgress",
            ["Properties"] = new JsonObject
            {
                ["GroupId"] = new JsonObject { ["Fn::GetAtt"] = new JsonArray(group.Id, "GroupId") },
                ["CidrIp"] = "0.0.0.0/0",
                ["IpProtocol"] = "tcp",
                ["FromPort"] = 443,
                ["ToPort"] = 443,
            },
        };

        Assert.Equal([$"{service} may speak with 0.0.0.0/0 at 443, and need not."], RuleSet.Violations(template));
    }

    [Fact]
    public void A_way_that_a_service_needs_and_has_not_is_found()
    {
        var template = environments["production"].Copy();
        var rule = template.Of("AWS::EC2::SecurityGroupIngress").Single(each => each.Text("Description") == "from ai" && each.Text("FromPort") == "8081");
        template.ResourceTable(rule.Stack).Remove(rule.Id);

        Assert.Equal(["execution does not let ai in at 8081."], RuleSet.Violations(template));
    }

    [Theory]
    [InlineData("ai", "Ai__ApiKey")]
    [InlineData("gateway", "ConnectionStrings__redis")]
    [InlineData("execution", "Sandbox__Tasks__Token")]
    public void A_secret_said_plainly_to_a_container_is_found(string service, string setting)
    {
        var template = environments["fargate"].Copy();
        template.ContainerOf(service)["Environment"]!.AsArray().Add(new JsonObject { ["Name"] = setting, ["Value"] = "sk-live-1234" });

        Assert.Equal([$"The container {service} is told {setting} plainly."], RuleSet.Violations(template));
    }

    /// <summary>Its name says nothing, and what CloudFormation puts there everything.</summary>
    [Fact]
    public void A_secret_that_is_resolved_into_a_plain_setting_is_found()
    {
        var template = environments["production"].Copy();
        template.ContainerOf("ai")["Environment"]!.AsArray().Add(new JsonObject { ["Name"] = "Ai__Account", ["Value"] = "{{resolve:secretsmanager:onlinecompiler/production/ai-key:SecretString}}" });

        Assert.Equal(["The container ai is told Ai__Account plainly."], RuleSet.Violations(template));
    }

    [Fact]
    public void A_secret_whose_value_is_in_the_template_is_found()
    {
        var template = environments["production"].Copy();
        var secret = template.Of("AWS::SecretsManager::Secret").First();
        secret.Values["SecretString"] = "sk-live-1234";

        Assert.Equal([$"{secret.Id} has its SecretString in the template."], RuleSet.Violations(template));
    }

    [Fact]
    public void A_secret_said_plainly_to_a_function_is_found()
    {
        var template = environments["serverless"].Copy();
        var function = template.Of("AWS::Lambda::Function").Single(each => each.Text("FunctionName") == "onlinecompiler-serverless-ai");
        function["Environment.Variables"]!["Ai__ApiKey"] = "sk-live-1234";

        Assert.Equal([$"The function {function.Id} is told Ai__ApiKey plainly."], RuleSet.Violations(template));
    }

    [Fact]
    public void A_token_of_Redis_in_the_template_is_found()
    {
        var template = environments["production"].Copy();
        template.Single("AWS::ElastiCache::ReplicationGroup").Values["AuthToken"] = "0123456789abcdef";

        Assert.Equal(["redis has its AuthToken in the template."], RuleSet.Violations(template));
    }

    [Fact]
    public void Metadata_that_containers_can_read_is_found()
    {
        var template = environments["production"].Copy();
        var host = template.Single("AWS::EC2::LaunchTemplate");
        var data = host["LaunchTemplateData"]!;
        data["MetadataOptions"]!["HttpTokens"] = "optional";
        data["MetadataOptions"]!["HttpPutResponseHopLimit"] = 2;
        data["UserData"] = JsonNode.Parse(data["UserData"]!.ToJsonString().Replace("ECS_AWSVPC_BLOCK_IMDS=true", "ECS_AWSVPC_BLOCK_IMDS=false", StringComparison.Ordinal));

        Assert.Equal(
            [$"The host {host.Id} tells its metadata without a token.", $"The host {host.Id} tells its metadata to containers.", $"The host {host.Id} leaves its metadata open to tasks."],
            RuleSet.Violations(template));
    }

    [Fact]
    public void A_service_that_is_not_deployed_is_found()
    {
        var template = environments["production"].Copy();
        template.ResourceTable("Services").Remove(template.Service("ai").Id);

        Assert.Equal(["ai is in the model, and not deployed."], ModelRules.Violations(template, RuleSet.Declared));
    }

    [Fact]
    public void A_service_that_is_not_told_where_another_is_is_found()
    {
        var template = environments["production"].Copy();
        var settings = template.ContainerOf("ai")["Environment"]!.AsArray();
        settings.Remove(settings.Single(setting => (string?)setting!["Name"] == "services__execution__grpc__0"));

        Assert.Equal(["ai uses execution, and is not told where it is."], ModelRules.Violations(template, RuleSet.Declared));
    }
}
