namespace OnlineCompiler.AppHost.Tests;

/// <summary>What <c>AppHost.cs</c> describes, with Aspire or without.</summary>
public sealed class AppHostTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_application_is_a_store_four_services_and_the_web()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.OnlineCompiler_AppHost>(Cancelled);

        string[] expected = ["redis", "session", "execution", "ai", "web", "gateway"];
        Assert.Equal(expected, builder.Resources.Select(resource => resource.Name).Intersect(expected));
    }

    [Fact]
    public async Task Running_programs_waits_for_nothing_but_execution()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.OnlineCompiler_AppHost>(Cancelled);

        Assert.Equal(["execution"], WaitsOf(builder, "gateway"));
        Assert.Empty(WaitsOf(builder, "execution"));
        Assert.Equal(["redis"], WaitsOf(builder, "session"));
    }

    [Fact]
    public async Task Every_gRPC_service_has_a_port_for_it()
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.OnlineCompiler_AppHost>(Cancelled);

        var withGrpc = builder.Resources.Where(resource => resource.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.Name == "grpc"));
        Assert.Equal(["session", "execution", "ai"], withGrpc.Select(resource => resource.Name));
    }

    [Fact]
    public async Task The_API_key_is_a_secret_parameter_and_only_there_when_configured()
    {
        var without = await DistributedApplicationTestingBuilder.CreateAsync<Projects.OnlineCompiler_AppHost>(["--Ai:ApiKey", " "], Cancelled);
        var with = await DistributedApplicationTestingBuilder.CreateAsync<Projects.OnlineCompiler_AppHost>(["--Ai:ApiKey", "k-123"], Cancelled);

        Assert.DoesNotContain(without.Resources, resource => resource.Name == "ai-api-key");
        Assert.True(with.Resources.OfType<ParameterResource>().Single(parameter => parameter.Name == "ai-api-key").Secret);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("eighty")]
    public async Task A_port_that_is_none_is_refused(string port)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() =>
            DistributedApplicationTestingBuilder.CreateAsync<Projects.OnlineCompiler_AppHost>(["--port", port], Cancelled));

        Assert.Contains($"--port must be a number from 1 to 65535, not \"{port}\".", error.ToString(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> WaitsOf(IDistributedApplicationTestingBuilder builder, string name) =>
        builder.Resources.Single(resource => resource.Name == name).Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource.Name).Distinct();
}
