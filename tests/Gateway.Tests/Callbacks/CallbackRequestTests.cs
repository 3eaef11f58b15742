using System.Net;
using System.Text.Json.Nodes;
using Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Callbacks;
using OnlineCompiler.Gateway.Tests.Services;

namespace OnlineCompiler.Gateway.Tests.Callbacks;

/// <summary>How callbacks are asked for, and who may not have them.</summary>
public sealed class CallbackRequestTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];

    [Fact]
    public void Signatures_are_those_of_the_standard()
    {
        // The example of the specification's own libraries.
        Assert.True(WebhookSignature.TryParseSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", out var secret));

        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookSignature.Of(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8));
    }

    [Fact]
    public async Task Who_submits_says_whom_to_tell_and_sees_how_far_that_is()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Services.Execution.OnSubmit = request =>
        {
            var submission = FakeExecution.Queued("sub-1");
            submission.Callback = new CallbackDelivery { State = CallbackDelivery.Types.State.Failed, Attempts = 8, LastStatus = 500, Message = "no" };
            return Task.FromResult(submission);
        };

        var answer = await (await gateway.PostAsync("/api/v1/submissions", Body($$"""
            { "url": "https://example.com/hook", "secret": "whsec_{{Convert.ToBase64String(Secret)}}", "context": "mine" }
            """))).JsonAsync();

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{ "state": "failed", "attempts": 8, "lastStatus": 500, "message": "no" }"""), answer["callback"]));
        var callback = Assert.Single(gateway.Services.Execution.Submitted).Callback;
        Assert.Equal(("https://example.com/hook", "mine", ""), (callback.Url, callback.Context, callback.Format));
        Assert.Equal(Secret, callback.Secret.ToByteArray());
    }

    [Theory]
    [InlineData("""{}""", "callback.url")]
    [InlineData("""{ "url": "" }""", "callback.url")]
    [InlineData("""{ "url": "http://169.254.169.254/latest/meta-data/" }""", "callback.url")]
    [InlineData("""{ "url": "http://localhost:80/" }""", "callback.url")]
    [InlineData("""{ "url": "http://user@example.com/" }""", "callback.url")]
    [InlineData("""{ "url": "https://example.com/", "secret": "short" }""", "callback.secret")]
    [InlineData("""{ "url": "https://example.com/", "secret": "whsec_" }""", "callback.secret")]
    [InlineData("""{ "url": "https://example.com/", "secret": "whsec_AAAA" }""", "callback.secret")]
    public async Task A_callback_that_cannot_be_is_refused_at_once_with_its_field(string callback, string field)
    {
        await using var gateway = await TestGateway.StartAsync();

        var problem = await (await gateway.PostAsync("/api/v1/submissions", Body(callback))).ProblemAsync(HttpStatusCode.BadRequest, "invalid-request");

        Assert.NotEmpty(problem.Messages(field));
        Assert.Empty(gateway.Services.Execution.Submitted);
    }

    [Fact]
    public async Task Nobody_takes_callbacks_through_the_Gateway()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var channel = gateway.OpenChannel();
        var client = new OnlineCompiler.Execution.V1.Callbacks.CallbacksClient(channel);
        gateway.Services.Callbacks.MakeDue("sub-1", new Callback { Url = "https://user@refused.example/" });

        await Assert.ThrowsAsync<RpcException>(async () =>
            await client.TakeAsync(new TakeCallbacksRequest { Count = 7777 }, cancellationToken: TestContext.Current.CancellationToken));

        Assert.DoesNotContain(gateway.Services.Callbacks.Asked, asked => asked.Count == 7777);
    }

    [Theory]
    [InlineData("AllowedNetworks:0", "10.0.0.0", "AllowedNetworks must hold networks")]
    [InlineData("AllowedPorts:0", "9-8", "AllowedPorts must hold ports")]
    [InlineData("MaxAttempts", "0", "MaxAttempts must be from 1 to 20")]
    [InlineData("Timeout", "00:02:00", "Timeout must be from")]
    [InlineData("FirstRetryDelay", "02:00:00", "FirstRetryDelay must be from")]
    public async Task A_setting_out_of_its_range_is_named_at_the_start(string setting, string value, string message)
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => TestGateway.StartAsync(($"Gateway:Callbacks:{setting}", value)));

        Assert.Contains($"Gateway:Callbacks:{message}", error.ToString(), StringComparison.Ordinal);
    }

    private static string Body(string callback) =>
        $$"""{"execution":{"language":"python","files":[{"path":"main.py","content":"x"}]},"callback":{{callback}}}""";
}
