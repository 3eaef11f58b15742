namespace OnlineCompiler.AppHost.Tests.Standalone;

public sealed class EnvironmentTests
{
    [Fact]
    public async Task A_project_is_told_where_to_listen_and_what_its_launch_profile_says()
    {
        await using var application = await SampleApplication.StartAsync(builder =>
            SampleApplication.AddSample(builder, "sample").WithHttpEndpoint(name: "grpc", env: "GRPC_PORT").WithEnvironment("SAMPLE_OWN", "mine"));

        var environment = await application.GetEnvironmentAsync("sample");

        Assert.Equal(application.App.GetEndpoint("sample").GetLeftPart(UriPartial.Authority), environment["ASPNETCORE_URLS"]);
        Assert.Equal($"{application.App.GetEndpoint("sample", "grpc").Port}", environment["GRPC_PORT"]);
        Assert.NotEqual("http://localhost:5190", environment["ASPNETCORE_URLS"]);
        Assert.Equal("http", environment["DOTNET_LAUNCH_PROFILE"]);
        Assert.Equal("from the launch profile", environment["SAMPLE_PROFILE"]);
        Assert.Equal("mine", environment["SAMPLE_OWN"]);
        Assert.Equal("sample", environment["OTEL_SERVICE_NAME"]);
        Assert.StartsWith("service.instance.id=", environment["OTEL_RESOURCE_ATTRIBUTES"], StringComparison.Ordinal);
        Assert.Equal("simple", environment["LOGGING__CONSOLE__FORMATTERNAME"]);
    }

    [Fact]
    public async Task A_reference_names_every_endpoint_of_the_other_service()
    {
        await using var application = await SampleApplication.StartAsync(builder =>
        {
            var other = SampleApplication.AddSample(builder, "other-one").WithHttpEndpoint(name: "grpc", env: "GRPC_PORT");
            SampleApplication.AddSample(builder, "sample").WithReference(other);
        });

        var environment = await application.GetEnvironmentAsync("sample");

        var http = application.App.GetEndpoint("other-one").GetLeftPart(UriPartial.Authority);
        var grpc = application.App.GetEndpoint("other-one", "grpc").GetLeftPart(UriPartial.Authority);
        Assert.Equal(http, environment["services__other-one__http__0"]);
        Assert.Equal(grpc, environment["services__other-one__grpc__0"]);
        Assert.Equal(http, environment["OTHER_ONE_HTTP"]);
        Assert.Equal(grpc, environment["OTHER_ONE_GRPC"]);
    }

    [Fact]
    public async Task A_reference_to_Redis_carries_its_address_and_password()
    {
        await using var application = await SampleApplication.StartAsync(builder =>
            SampleApplication.AddSample(builder, "sample").WithReference(builder.AddRedis("redis")));

        var environment = await application.GetEnvironmentAsync("sample");

        var connection = await application.App.GetConnectionStringAsync("redis", TestContext.Current.CancellationToken);
        Assert.Equal(connection, environment["ConnectionStrings__redis"]);
        Assert.Equal(connection, $"{environment["REDIS_HOST"]}:{environment["REDIS_PORT"]},password={environment["REDIS_PASSWORD"]}");
        Assert.Equal($"redis://:{environment["REDIS_PASSWORD"]}@{environment["REDIS_HOST"]}:{environment["REDIS_PORT"]}", environment["REDIS_URI"]);
    }
}
