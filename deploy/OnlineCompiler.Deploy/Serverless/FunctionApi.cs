using Amazon.CDK;
using Amazon.CDK.AWS.Apigatewayv2;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.Route53;
using Amazon.CDK.AWS.Route53.Targets;
using Amazon.CDK.AwsApigatewayv2Integrations;
using OnlineCompiler.Deploy.Data;
using OnlineCompiler.Deploy.Edge;
using OnlineCompiler.Deploy.Environments;
using OnlineCompiler.Deploy.Model;
using OnlineCompiler.Deploy.Network;
using HttpMethod = Amazon.CDK.AWS.Apigatewayv2.HttpMethod;

namespace OnlineCompiler.Deploy.Serverless;

/// <summary>API Gateway in front of three functions: saved programs, the AI, and all else. What runs programs lies behind them, in tasks.</summary>
internal sealed class FunctionApi
{
    private const int BurstRequests = 200;
    private const int RequestsPerSecond = 100;

    public FunctionApi(Stack stack, DeployEnvironment environment, NetworkStack network, DataStack data)
    {
        var functions = new ServiceFunctions(stack, environment, network, data);
        Gateway = functions.Create(ServiceModels.Gateway);
        Functions = [Gateway, functions.Create(ServiceModels.Session), functions.Create(ServiceModels.Ai)];

        var zone = SiteNames.Zone(stack, environment);
        var domain = new DomainName(stack, "origin", new DomainNameProps
        {
            DomainName = environment.OriginDomain,
            Certificate = SiteNames.Certify(stack, zone, environment.OriginDomain),
            SecurityPolicy = SecurityPolicy.TLS_1_2,
        });
        Api = new HttpApi(stack, "api", new HttpApiProps
        {
            ApiName = $"onlinecompiler-{environment.Name}",
            // Only by the name that CloudFront knows.
            DisableExecuteApiEndpoint = true,
            CreateDefaultStage = false,
        });
        Route("/{proxy+}", Functions[0]);
        Route("/api/v1/sessions", Functions[1]);
        Route("/api/v1/sessions/{proxy+}", Functions[1]);
        Route("/api/v1/ai/{proxy+}", Functions[2]);

        var log = LogGroups.Create(stack, "api-log", environment, network.Key);
        var stage = new HttpStage(stack, "stage", new HttpStageProps
        {
            HttpApi = Api,
            AutoDeploy = true,
            Throttle = new ThrottleSettings { BurstLimit = BurstRequests, RateLimit = RequestsPerSecond },
            DomainMapping = new DomainMappingOptions { DomainName = domain },
        });
        ((CfnStage)stage.Node.DefaultChild!).AccessLogSettings = new CfnStage.AccessLogSettingsProperty
        {
            DestinationArn = log.LogGroupArn,
            Format = """{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","route":"$context.routeKey","status":"$context.status","latency":"$context.responseLatency"}""",
        };
        _ = new ARecord(stack, "origin-name", new ARecordProps
        {
            Zone = zone,
            RecordName = environment.OriginDomain,
            Target = RecordTarget.FromAlias(new ApiGatewayv2DomainProperties(domain.RegionalDomainName, domain.RegionalHostedZoneId)),
        });
        Api.Accept("AwsSolutions-APIG4", "The Gateway itself knows who calls: by key, by token, or not at all, which is allowed.");
    }

    public HttpApi Api { get; }

    public Function Gateway { get; }

    public IReadOnlyList<Function> Functions { get; }

    private void Route(string path, Function function) => Api.AddRoutes(new AddRoutesOptions
    {
        Path = path,
        Methods = [HttpMethod.ANY],
        Integration = new HttpLambdaIntegration($"to-{function.Node.Id}", function, new HttpLambdaIntegrationProps { PayloadFormatVersion = PayloadFormatVersion.VERSION_2_0 }),
    });
}
