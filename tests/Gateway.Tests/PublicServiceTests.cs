using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Grpc.Net.Client.Web;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Tests.Security;
using OnlineCompiler.Gateway.Tests.Services;
using Reflection = Grpc.Reflection.V1;

namespace OnlineCompiler.Gateway.Tests;

/// <summary>What gRPC's tools and browsers find at the Gateway.</summary>
public sealed class PublicServiceTests
{
    private const string Execution = "onlinecompiler.execution.v1.Execution";

    [Fact]
    public async Task Reflection_tells_of_the_public_services_and_of_no_other()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var channel = gateway.OpenChannel();

        var services = await AskAsync(channel, new Reflection.ServerReflectionRequest { ListServices = "" });
        var described = await AskAsync(channel, new Reflection.ServerReflectionRequest { FileContainingSymbol = Execution });
        var hidden = await AskAsync(channel, new Reflection.ServerReflectionRequest { FileContainingSymbol = "onlinecompiler.session.v1.Sessions" });

        Assert.Equal(
            ["grpc.health.v1.Health", "onlinecompiler.ai.v1.Assistant", Execution],
            services.ListServicesResponse.Service.Select(service => service.Name).Where(name => !name.StartsWith("grpc.reflection", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        var file = Google.Protobuf.Reflection.FileDescriptorProto.Parser.ParseFrom(described.FileDescriptorResponse.FileDescriptorProto[0]);
        Assert.Contains(file.Service.Single().Method, method => method.Name == "ExecuteStream");
        Assert.Equal((int)StatusCode.NotFound, hidden.ErrorResponse.ErrorCode);
    }

    [Fact]
    public async Task Older_tools_are_answered_as_well()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var channel = gateway.OpenChannel();
        using var call = new Grpc.Reflection.V1Alpha.ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(cancellationToken: TestContext.Current.CancellationToken);

        await call.RequestStream.WriteAsync(new Grpc.Reflection.V1Alpha.ServerReflectionRequest { ListServices = "" }, TestContext.Current.CancellationToken);
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));

        Assert.Contains(call.ResponseStream.Current.ListServicesResponse.Service, service => service.Name == Execution);
    }

    [Fact]
    public async Task Health_is_told_of_each_service_and_of_all()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:Readiness:TrialCacheSeconds", "0"));
        using var channel = gateway.OpenChannel();
        var client = new Health.HealthClient(channel);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, await StatusAsync(client, ""));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, await StatusAsync(client, Execution));

        gateway.Services.Health.SetStatus("", HealthCheckResponse.Types.ServingStatus.NotServing);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, await StatusAsync(client, ""));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, await StatusAsync(client, Execution));
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, await StatusAsync(client, "onlinecompiler.ai.v1.Assistant"));
        var unknown = await Assert.ThrowsAsync<RpcException>(() => StatusAsync(client, "onlinecompiler.session.v1.Sessions"));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task They_are_guarded_and_limited_like_the_rest()
    {
        await using var gateway = await TestGateway.StartAsync(("Gateway:RateLimits:RequestBurst", "1"), ("Gateway:RateLimits:RequestsPerSecond", "1"));
        using var channel = gateway.OpenChannel();
        var client = new Health.HealthClient(channel);

        var wrong = await Assert.ThrowsAsync<RpcException>(
            async () => await client.CheckAsync(new HealthCheckRequest(), Requests.Bearer("oc_wrong"), cancellationToken: TestContext.Current.CancellationToken));
        var flood = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            for (var i = 0; i < 20; i++)
                await StatusAsync(client, Execution);
        });

        Assert.Equal(StatusCode.Unauthenticated, wrong.StatusCode);
        Assert.Equal(StatusCode.ResourceExhausted, flood.StatusCode);
    }

    [Fact]
    public async Task Browsers_run_programs_by_gRPC_Web()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnStream = async (_, events, _) =>
        {
            await events.WriteAsync(FakeExecution.Output("streamed"));
            await events.WriteAsync(FakeExecution.Result);
        };
        using var channel = GrpcChannel.ForAddress(gateway.Address, new GrpcChannelOptions
        {
            HttpHandler = new GrpcWebHandler(GrpcWebMode.GrpcWeb, new HttpClientHandler()),
            HttpVersion = System.Net.HttpVersion.Version11,
        });
        var client = new Execution.V1.Execution.ExecutionClient(channel);
        var request = new ExecuteRequest { Language = "python" };

        var answer = await client.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken);
        using var stream = client.ExecuteStream(request, cancellationToken: TestContext.Current.CancellationToken);
        var events = await stream.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<RpcException>(
            async () => await client.ExecuteAsync(request, Requests.Bearer("oc_wrong"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal("42\n", answer.Run.Stdout.ToStringUtf8());
        Assert.Equal(["streamed"], events.Where(item => item.Output is not null).Select(item => item.Output.Data.ToStringUtf8()));
        Assert.NotNull(events[^1].Result);
        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    private static async Task<HealthCheckResponse.Types.ServingStatus> StatusAsync(Health.HealthClient client, string service) =>
        (await client.CheckAsync(new HealthCheckRequest { Service = service }, cancellationToken: TestContext.Current.CancellationToken)).Status;

    private static async Task<Reflection.ServerReflectionResponse> AskAsync(GrpcChannel channel, Reflection.ServerReflectionRequest request)
    {
        using var call = new Reflection.ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(cancellationToken: TestContext.Current.CancellationToken);
        await call.RequestStream.WriteAsync(request, TestContext.Current.CancellationToken);
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        await call.RequestStream.CompleteAsync();
        return call.ResponseStream.Current;
    }
}
