using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Serverless;

public sealed class ServerlessTests(SynthesizedEnvironments environments)
{
    private Template Serverless => environments["serverless"];

    [Fact]
    public void API_Gateway_hands_sessions_the_AI_and_all_else_to_functions_of_their_own()
    {
        var routes = Serverless.Of("AWS::ApiGatewayV2::Route").ToDictionary(route => route.Text("RouteKey")!, FunctionOf);

        Assert.Equal(new Dictionary<string, string>
        {
            ["ANY /{proxy+}"] = "gateway",
            ["ANY /api/v1/sessions"] = "session",
            ["ANY /api/v1/sessions/{proxy+}"] = "session",
            ["ANY /api/v1/ai/{proxy+}"] = "ai",
        }, routes);
    }

    [Fact]
    public void API_Gateway_is_reached_by_its_own_name_with_TLS_1_2_and_has_a_limit()
    {
        Assert.Equal("true", Serverless.Single("AWS::ApiGatewayV2::Api").Text("DisableExecuteApiEndpoint"));
        Assert.Equal("TLS_1_2", (string?)Serverless.Single("AWS::ApiGatewayV2::DomainName")["DomainNameConfigurations"]![0]!["SecurityPolicy"]);
        Assert.Equal(("200", "100"), (Serverless.Single("AWS::ApiGatewayV2::Stage").Text("DefaultRouteSettings.ThrottlingBurstLimit"), Serverless.Single("AWS::ApiGatewayV2::Stage").Text("DefaultRouteSettings.ThrottlingRateLimit")));
    }

    [Fact]
    public void Functions_are_the_same_image_behind_the_web_adapter()
    {
        var functions = Functions.ToList();

        Assert.Equal(3, functions.Count);
        Assert.All(functions, function =>
        {
            Assert.Equal(("Image", """["arm64"]"""), (function.Text("PackageType"), function.Text("Architectures")));
            Assert.EndsWith($":{SynthesizedEnvironments.ImageTag}\"]]}}", function["Code.ImageUri"]!.ToJsonString(), StringComparison.Ordinal);
            Assert.Equal(("8080", "/health/live"), (function.Text("Environment.Variables.AWS_LWA_PORT"), function.Text("Environment.Variables.AWS_LWA_READINESS_CHECK_PATH")));
            Assert.Equal("http://execution-tasks.onlinecompiler-serverless.internal:8081", function.Text("Environment.Variables.services__execution__grpc__0"));
            Assert.NotNull(function["KmsKeyArn"]);
        });
        Assert.Single(functions.Select(function => function["Code.ImageUri"]!.ToJsonString()).Distinct());
    }

    [Fact]
    public void A_function_is_over_before_API_Gateway_gives_up_and_a_program_before_that()
    {
        var run = int.Parse(Template.SettingsOf(Serverless.ContainerOf("execution"))["Limits__RunWallTimeMs__Maximum"], null) / 1000;

        Assert.All(Functions, function => Assert.InRange((int)function["Timeout"]!, run + 1, 29));
    }

    [Fact]
    public void Each_function_has_the_rights_of_its_service_alone()
    {
        Assert.Equal(["session"], RolesThatMay("dynamodb:PutItem"));
        Assert.Equal(["ai"], RolesThatMay("secretsmanager:GetSecretValue"));
    }

    [Fact]
    public void Only_functions_that_reach_programs_are_in_the_network()
    {
        var inNetwork = Functions.Where(function => function["VpcConfig"] is not null).Select(function => function.Text("Environment.Variables.FUNCTION_SERVICES")!);

        Assert.Equal(["ai", "gateway"], inNetwork.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void There_are_neither_instances_nor_a_load_balancer_nor_a_Redis_to_pay_for()
    {
        string[] expensive = ["AWS::EC2::LaunchTemplate", "AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ElastiCache::ReplicationGroup"];

        Assert.DoesNotContain(Serverless.Everything, resource => expensive.Contains(resource.Kind));
        Assert.Single(Serverless.Of("AWS::EC2::NatGateway"));
    }

    private IEnumerable<TemplateResource> Functions => Serverless.Of("AWS::Lambda::Function").Where(function => function["Environment.Variables.FUNCTION_SERVICES"] is not null);

    private IEnumerable<string> RolesThatMay(string action) => Functions
        .Where(function => Serverless.Of("AWS::IAM::Policy").Any(policy =>
            policy["Roles"]!.ToJsonString().Contains($"\"{(string)function["Role"]!["Fn::GetAtt"]![0]!}\"", StringComparison.Ordinal)
            && policy["PolicyDocument"]!.ToJsonString().Contains($"\"{action}\"", StringComparison.Ordinal)))
        .Select(function => function.Text("Environment.Variables.FUNCTION_SERVICES")!);

    private string FunctionOf(TemplateResource route)
    {
        var target = (string)route["Target"]!["Fn::Join"]![1]!.AsArray()[1]!["Ref"]!;
        var integration = Serverless.Of("AWS::ApiGatewayV2::Integration").Single(each => each.Id == target);
        return Serverless.Target("Services", integration["IntegrationUri"]!)!.Text("Environment.Variables.FUNCTION_SERVICES")!;
    }
}
