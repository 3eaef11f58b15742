using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Services;

public sealed class ServiceTests(SynthesizedEnvironments environments)
{
    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Containers), MemberType = typeof(SynthesizedEnvironments))]
    public void Gateway_Session_Ai_and_Execution_are_services_of_ECS(string name)
    {
        var services = environments[name].Of("AWS::ECS::Service").Select(service => service.Text("ServiceName")!).Where(service => service != "worker");

        Assert.Equal(["ai", "execution", "gateway", "session"], services.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Containers), MemberType = typeof(SynthesizedEnvironments))]
    public void Services_are_found_by_name_through_Service_Connect_in_HTTP_2(string name)
    {
        var template = environments[name];
        foreach (var service in (string[])["session", "ai", "execution"])
        {
            var connection = template.Service(service)["ServiceConnectConfiguration"]!;
            var offered = Assert.Single(connection["Services"]!.AsArray())!;
            var alias = Assert.Single(offered["ClientAliases"]!.AsArray())!;
            var port = Template.ContainerOf(template.TaskOf(template.Service(service)), service)["PortMappings"]!.AsArray().Single(mapping => (string?)mapping!["Name"] == (string?)offered["PortName"])!;

            Assert.Equal((service, 8081), ((string?)alias["DnsName"], (int?)alias["Port"]));
            Assert.Equal(("grpc", 8081), ((string?)port["AppProtocol"], (int?)port["ContainerPort"]));
        }

        Assert.True((bool)template.Service("gateway")["ServiceConnectConfiguration.Enabled"]!);
        Assert.Null(template.Service("gateway")["ServiceConnectConfiguration.Services"]);
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Containers), MemberType = typeof(SynthesizedEnvironments))]
    public void What_a_service_is_told_is_a_name_that_Service_Connect_knows(string name)
    {
        var template = environments[name];
        var known = template.Of("AWS::ECS::Service").SelectMany(service => service["ServiceConnectConfiguration.Services"] as JsonArray ?? [])
            .SelectMany(service => service!["ClientAliases"]!.AsArray()).Select(alias => $"http://{alias!["DnsName"]}:{alias["Port"]}").ToList();

        foreach (var service in (string[])["gateway", "ai"])
        {
            var addresses = Template.SettingsOf(template.ContainerOf(service)).Where(setting => setting.Key.StartsWith("services__", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(addresses);
            Assert.All(addresses, address =>
            {
                Assert.Matches("^services__[a-z]+__grpc__0$", address.Key);
                Assert.Contains(address.Value, known);
            });
        }
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Containers), MemberType = typeof(SynthesizedEnvironments))]
    public void A_call_may_last_as_long_as_its_program(string name) =>
        Assert.All(environments[name].Of("AWS::ECS::Service").SelectMany(service => service["ServiceConnectConfiguration.Services"] as JsonArray ?? []), service =>
            Assert.Equal((0, 2_100), ((int)service!["Timeout"]!["PerRequestTimeoutSeconds"]!, (int)service["Timeout"]!["IdleTimeoutSeconds"]!)));

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Containers), MemberType = typeof(SynthesizedEnvironments))]
    public void Secrets_come_from_Secrets_Manager_as_secrets_of_ECS(string name)
    {
        var template = environments[name];

        Assert.Equal(["ConnectionStrings__redis"], Template.SecretsOf(template.ContainerOf("gateway")));
        Assert.Equal(["Ai__ApiKey"], Template.SecretsOf(template.ContainerOf("ai")));
        Assert.Equal(["ConnectionStrings__redis"], Template.SecretsOf(template.ContainerOf("session")));
        var secret = template.ContainerOf("session")["Secrets"]![0]!["ValueFrom"]!.ToJsonString();
        Assert.Contains(":connection::", secret, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void A_container_that_is_told_to_stop_has_more_time_than_the_longest_program(string name)
    {
        var execution = environments[name].ContainerOf("execution");
        var settings = Template.SettingsOf(execution);
        var longest = (int.Parse(settings["Limits__CompileWallTimeMs__Maximum"], null) + int.Parse(settings["Limits__RunWallTimeMs__Maximum"], null)) / 1000;
        var shutdown = int.Parse(settings["DOTNET_shutdownTimeoutSeconds"], null);

        Assert.InRange(longest, 1, shutdown - 1);
        Assert.InRange(shutdown, 1, (int)execution["StopTimeout"]! - 1);
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Containers), MemberType = typeof(SynthesizedEnvironments))]
    public void The_load_balancer_waits_for_answers_before_a_Gateway_goes(string name) =>
        Assert.All(environments[name].Of("AWS::ElasticLoadBalancingV2::TargetGroup"), group =>
            Assert.Contains(group["TargetGroupAttributes"]!.AsArray(), attribute => (string?)attribute!["Key"] == "deregistration_delay.timeout_seconds" && (string?)attribute["Value"] == "120"));

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Containers), MemberType = typeof(SynthesizedEnvironments))]
    public void What_runs_no_programs_is_on_Graviton_and_no_root(string name)
    {
        var template = environments[name];
        foreach (var service in (string[])["gateway", "session", "ai"])
        {
            Assert.Equal("ARM64", template.TaskOf(template.Service(service)).Text("RuntimePlatform.CpuArchitecture"));
            Assert.Equal("1654", (string?)template.ContainerOf(service)["User"]);
            Assert.False(template.ContainerOf(service)["Privileged"]?.GetValue<bool>() ?? false);
        }
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void Only_what_is_tagged_for_the_release_is_run(string name)
    {
        var containers = environments[name].Of("AWS::ECS::TaskDefinition").SelectMany(task => task["ContainerDefinitions"]!.AsArray());

        Assert.All(containers, container => Assert.EndsWith((string?)container!["Name"] == "collector" ? ":v0.49.0\"]]}" : $":{SynthesizedEnvironments.ImageTag}\"]]}}", container["Image"]!.ToJsonString(), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Containers), MemberType = typeof(SynthesizedEnvironments))]
    public void The_load_balancer_answers_CloudFront_alone(string name)
    {
        var template = environments[name];
        var listener = template.Single("AWS::ElasticLoadBalancingV2::Listener");
        var rules = template.Of("AWS::ElasticLoadBalancingV2::ListenerRule").ToList();

        Assert.Equal(("fixed-response", "403"), ((string?)listener["DefaultActions"]![0]!["Type"], (string?)listener["DefaultActions"]![0]!["FixedResponseConfig"]!["StatusCode"]));
        Assert.Equal("ELBSecurityPolicy-TLS13-1-2-2021-06", listener.Text("SslPolicy"));
        Assert.Equal(2, rules.Count);
        Assert.All(rules, rule => Assert.Contains(rule["Conditions"]!.AsArray(), condition =>
            (string?)condition!["HttpHeaderConfig"]?["HttpHeaderName"] == "X-Origin-Secret"
            && (string?)condition["HttpHeaderConfig"]!["Values"]![0] == $"{{{{resolve:secretsmanager:onlinecompiler/{name}/origin:SecretString}}}}"));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Containers), MemberType = typeof(SynthesizedEnvironments))]
    public void Gateways_are_proved_by_a_program_that_ran_and_by_a_gRPC_call(string name)
    {
        var groups = environments[name].Of("AWS::ElasticLoadBalancingV2::TargetGroup").ToDictionary(group => group.Text("ProtocolVersion") ?? "HTTP1");

        Assert.Equal(("/health/ready", "200"), (groups["HTTP1"].Text("HealthCheckPath"), groups["HTTP1"].Text("Matcher.HttpCode")));
        Assert.Equal(("/grpc.health.v1.Health/Check", "0"), (groups["GRPC"].Text("HealthCheckPath"), groups["GRPC"].Text("Matcher.GrpcCode")));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Containers), MemberType = typeof(SynthesizedEnvironments))]
    public void The_Gateway_knows_its_callers_by_the_address_that_CloudFront_tells(string name)
    {
        var template = environments[name];
        var attributes = template.Single("AWS::ElasticLoadBalancingV2::LoadBalancer")["LoadBalancerAttributes"]!.AsArray().ToDictionary(each => (string)each!["Key"]!, each => each!["Value"]!);

        Assert.Equal("preserve", (string?)attributes["routing.http.xff_header_processing.mode"]);
        Assert.Equal(("strictest", "true"), ((string?)attributes["routing.http.desync_mitigation_mode"], (string?)attributes["routing.http.drop_invalid_header_fields.enabled"]));
        Assert.Equal(template.Context.Cidr, Template.SettingsOf(template.ContainerOf("gateway"))["Gateway__TrustedProxies__Networks__0"]);
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Hosts), MemberType = typeof(SynthesizedEnvironments))]
    public void Programs_run_in_namespaces_on_instances_of_which_each_has_one_service(string name)
    {
        var template = environments[name];
        var service = template.Service("execution");
        var container = template.ContainerOf("execution");

        Assert.Equal("distinctInstance", (string?)service["PlacementConstraints"]![0]!["Type"]);
        Assert.NotNull(service["CapacityProviderStrategy"]);
        Assert.True((bool)container["Privileged"]!);
        Assert.Equal("Namespaces", Template.SettingsOf(container)["Sandbox__Backend"]);
        Assert.Equal("awsvpc", template.TaskOf(service).Text("NetworkMode"));
        var capacity = template.Single("AWS::ECS::CapacityProvider");
        Assert.Equal(("ENABLED", "ENABLED", "ENABLED"), (
            capacity.Text("AutoScalingGroupProvider.ManagedScaling.Status"), capacity.Text("AutoScalingGroupProvider.ManagedDraining"), capacity.Text("AutoScalingGroupProvider.ManagedTerminationProtection")));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Tasks), MemberType = typeof(SynthesizedEnvironments))]
    public void Programs_run_in_single_use_tasks_that_dial_the_dispatcher(string name)
    {
        var template = environments[name];
        var worker = template.Service("worker");
        var settings = Template.SettingsOf(template.ContainerOf("worker"));

        Assert.Equal(("FARGATE", "Process"), (worker.Text("LaunchType"), settings["Worker__Backend"]));
        Assert.Equal($"http://execution-tasks.onlinecompiler-{name}.internal:8081", settings["Worker__Dispatcher"]);
        Assert.Equal(["Worker__Token"], Template.SecretsOf(template.ContainerOf("worker")));
        Assert.Contains("Sandbox__Tasks__Token", Template.SecretsOf(template.ContainerOf("execution")));
        Assert.Equal("Tasks", Template.SettingsOf(template.ContainerOf("execution"))["Sandbox__Backend"]);
        Assert.Null(template.ContainerOf("worker")["Privileged"]);
        Assert.Empty(template.TaskOf(worker)["TaskRoleArn"] is { } role ? PoliciesOf(template, template.Target("Services", role)!) : []);
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Tasks), MemberType = typeof(SynthesizedEnvironments))]
    public void The_dispatcher_has_the_name_that_workers_dial(string name)
    {
        var template = environments[name];
        var registry = Assert.Single(template.Service("execution")["ServiceRegistries"]!.AsArray())!;
        var discovery = template.Target("Services", registry["RegistryArn"]!)!;

        Assert.Equal("execution-tasks", discovery.Text("Name"));
        Assert.Equal($"onlinecompiler-{name}.internal", template.Single("AWS::ServiceDiscovery::PrivateDnsNamespace").Text("Name"));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Containers), MemberType = typeof(SynthesizedEnvironments))]
    public void The_key_of_the_AIs_provider_is_read_for_its_own_container_alone(string name)
    {
        var readers = environments[name].Of("AWS::IAM::Policy").Where(policy => policy["PolicyDocument"]!.ToJsonString().Contains("Refaikey", StringComparison.Ordinal));

        Assert.StartsWith("aitaskExecutionRole", Assert.Single(readers).Id, StringComparison.Ordinal);
    }

    private static IEnumerable<TemplateResource> PoliciesOf(Template template, TemplateResource role) =>
        template.Of("AWS::IAM::Policy").Where(policy => policy["Roles"]!.AsArray().Any(each => template.Target(policy.Stack, each!)?.Id == role.Id));
}
