using OnlineCompiler.AppHost.Standalone.Variables;

namespace OnlineCompiler.AppHost.Tests.Standalone;

public sealed class SecretMaskTests
{
    private readonly SecretMask _mask = new([new ParameterResource("known", "hunter2", secret: true), new ParameterResource("open", "public", secret: false)]);

    [Theory]
    [InlineData("Ai__ApiKey", "anything", SecretMask.Mask)]
    [InlineData("REDIS_PASSWORD", "anything", SecretMask.Mask)]
    [InlineData("GITHUB_TOKEN", "anything", SecretMask.Mask)]
    [InlineData("AWS_SECRET_ACCESS", "anything", SecretMask.Mask)]
    [InlineData("GREETING", "say hunter2 twice", "say " + SecretMask.Mask + " twice")]
    [InlineData("ConnectionStrings__x", "host:1,password=abc,ssl=true", "host:1,password=" + SecretMask.Mask + ",ssl=true")]
    [InlineData("ConnectionStrings__y", "Server=a;Pwd=abc;Port=1", "Server=a;Pwd=" + SecretMask.Mask + ";Port=1")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "x-otlp-api-key=abc", "x-otlp-api-key=" + SecretMask.Mask)]
    [InlineData("STORE_URI", "redis://:abc@localhost:1", "redis://:" + SecretMask.Mask + "@localhost:1")]
    [InlineData("STORE_URI", "https://user:abc@host/path", "https://user:" + SecretMask.Mask + "@host/path")]
    public void A_secret_is_hidden(string name, string value, string shown) => Assert.Equal(shown, _mask.Hide(name, value));

    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://localhost:5101;http://localhost:5102")]
    [InlineData("GREETING", "public")]
    [InlineData("EMPTY_PASSWORD", "")]
    public void Everything_else_is_shown(string name, string value) => Assert.Equal(value, _mask.Hide(name, value));
}
