using System.Text;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Tests.Callbacks;
using Outcome = OnlineCompiler.Execution.V1.ReportCallbackRequest.Types.Outcome;

namespace OnlineCompiler.Gateway.Tests.Judge0;

/// <summary>Callbacks as Judge0 sends them; that they are sent to no place inside is the same for all.</summary>
public sealed class CallbackTests(RedisServer redis) : IClassFixture<RedisServer>
{
    [Fact]
    public async Task The_end_is_put_with_the_usual_fields_as_Base64_and_unsigned()
    {
        var service = new ServiceOfSubmissions();
        await using var receiver = await Receiver.StartAsync();
        await using var gateway = await StartAsync(service, receiver);
        var token = await SubmitAsync(gateway, receiver, "");
        service.End(1, JudgeServer.Succeeded("42\n"));

        var callback = service.Submitted.Single().Callback;
        gateway.Services.Callbacks.MakeDue("sub-1", callback);
        var report = await gateway.Services.Callbacks.ReportAsync();

        Assert.Equal((receiver.Url, "judge0", token), (callback.Url, callback.Format, callback.Context));
        Assert.Equal(Outcome.Delivered, report.Outcome);
        var received = Assert.Single(receiver.Requests);
        Assert.Equal(("PUT", "application/json"), (received.Method, (string?)received.Headers.ContentType));
        Assert.False(received.Headers.ContainsKey("webhook-signature"));
        Assert.Equal(
            $$$"""{"stdout":"NDIK\n","time":"0.016","memory":9216,"stderr":null,"token":"{{{token}}}","compile_output":null,"message":null,"status":{"id":3,"description":"Accepted"}}""",
            Encoding.UTF8.GetString(received.Body));
    }

    [Fact]
    public async Task Only_the_last_of_several_runs_is_told()
    {
        var service = new ServiceOfSubmissions();
        await using var receiver = await Receiver.StartAsync();
        await using var gateway = await StartAsync(service, receiver);
        await SubmitAsync(gateway, receiver, "\"number_of_runs\":2,");
        service.End(1, JudgeServer.Succeeded("42\n"));

        gateway.Services.Callbacks.MakeDue("sub-1", service.Submitted.First().Callback);
        Assert.Equal(Outcome.Delivered, (await gateway.Services.Callbacks.ReportAsync()).Outcome);
        Assert.Empty(receiver.Requests);
        service.End(2, JudgeServer.Succeeded("42\n"));
        gateway.Services.Callbacks.MakeDue("sub-2", service.Submitted.Last().Callback);
        await gateway.Services.Callbacks.ReportAsync();

        Assert.Single(receiver.Requests);
    }

    [Fact]
    public async Task Any_answer_ends_the_tries_and_none_is_asked_for_three_times()
    {
        var service = new ServiceOfSubmissions();
        await using var receiver = await Receiver.StartAsync();
        await using var gateway = await StartAsync(service, receiver, ("Gateway:Judge0:CallbackTimeout", "00:00:00.2"));
        await SubmitAsync(gateway, receiver, "");
        service.End(1, JudgeServer.Succeeded("42\n"));
        var callback = service.Submitted.Single().Callback;

        receiver.OnReceived = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        gateway.Services.Callbacks.MakeDue("sub-1", callback);
        Assert.Equal(Outcome.Delivered, (await gateway.Services.Callbacks.ReportAsync()).Outcome);

        receiver.OnReceived = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        gateway.Services.Callbacks.MakeDue("sub-1", callback, attempt: 2);
        Assert.Equal(Outcome.Retry, (await gateway.Services.Callbacks.ReportAsync()).Outcome);
        gateway.Services.Callbacks.MakeDue("sub-1", callback, attempt: 3);
        Assert.Equal(Outcome.Failed, (await gateway.Services.Callbacks.ReportAsync()).Outcome);
    }

    [Fact]
    public async Task Who_waits_is_called_back_as_well()
    {
        var service = new ServiceOfSubmissions();
        service.Ends.Enqueue(JudgeServer.Succeeded("42\n"));
        await using var receiver = await Receiver.StartAsync();
        await using var gateway = await StartAsync(service, receiver);

        var answer = await gateway.SubmitAsync(JudgeServer.With($$"""{"callback_url":"{{receiver.Url}}"}"""));

        Assert.Equal("42\n", (string?)answer["stdout"]);
        Assert.Equal((string?)answer["token"], service.Submitted.Single().Callback.Context);
    }

    [Fact]
    public async Task A_place_inside_is_refused_at_once()
    {
        await using var gateway = await JudgeServer.StartAsync();

        var answer = await gateway.PostAsync(JudgeServer.Submissions, JudgeServer.With("""{"callback_url":"http://127.0.0.1/"}"""));

        Assert.Equal("""{"callback_url":["This host must not be called."]}""", await answer.BodyAsync(422));
    }

    private async Task<TestGateway> StartAsync(ServiceOfSubmissions service, Receiver receiver, params (string Key, string Value)[] settings)
    {
        var gateway = await JudgeServer.StartAsync(
        [
            ("ConnectionStrings:redis", redis.ConnectionString),
            ("Gateway:Callbacks:AllowedNetworks:0", "127.0.0.0/8"),
            ("Gateway:Callbacks:AllowedPorts:0", $"{receiver.Port}"),
            .. settings,
        ]);
        service.Serve(gateway.Services.Execution);
        return gateway;
    }

    private static async Task<string> SubmitAsync(TestGateway gateway, Receiver receiver, string parameters) =>
        (string)(await gateway.SubmitAsync($$"""{{{parameters}}"callback_url":"{{receiver.Url}}","source_code":"print(42)","language_id":71}""", JudgeServer.Submissions))["token"]!;
}
