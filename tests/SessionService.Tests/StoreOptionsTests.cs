using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OnlineCompiler.SessionService.Storage;

namespace OnlineCompiler.SessionService.Tests;

public sealed class StoreOptionsTests
{
    [Theory]
    [InlineData("Sessions:TimeToLive", "00:00:00.5")]
    [InlineData("Sessions:TimeToLive", "366.00:00:00")]
    [InlineData("Sessions:Store", "7")]
    [InlineData("Sessions:Table", "x", "--Sessions:Store=DynamoDb")]
    [InlineData("Sessions:DynamoDbEndpoint", "ftp://localhost", "--Sessions:Store=DynamoDb")]
    [InlineData("Sessions:DynamoDbEndpoint", "localhost", "--Sessions:Store=DynamoDb")]
    public void A_setting_that_is_wrong_stops_the_start_and_is_named(string setting, string value, params string[] others)
    {
        var builder = WebApplication.CreateBuilder([$"--{setting}={value}", .. others]);
        builder.AddSessionStore();
        using var services = builder.Services.BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains(setting, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_there_is_not_stops_the_start_and_is_named()
    {
        var builder = WebApplication.CreateBuilder(["--Sessions:Store=Papyrus"]);

        var exception = Assert.ThrowsAny<Exception>(builder.AddSessionStore);

        Assert.Contains("Sessions:Store", exception.Message, StringComparison.Ordinal);
    }
}
