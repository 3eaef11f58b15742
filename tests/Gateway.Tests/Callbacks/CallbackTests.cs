using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using OnlineCompiler.Execution.V1;
using Outcome = OnlineCompiler.Execution.V1.ReportCallbackRequest.Types.Outcome;

namespace OnlineCompiler.Gateway.Tests.Callbacks;

public sealed class CallbackTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];

    [Fact]
    public async Task A_callback_is_posted_and_signed_with_the_result_and_reported()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var gateway = await CallingGateway.StartAsync(receiver);

        gateway.Services.Callbacks.MakeDue("sub-1", new Callback { Url = receiver.Url, Context = "homework 3", Secret = ByteString.CopyFrom(Secret) });
        var report = await gateway.Services.Callbacks.ReportAsync();

        Assert.Equal(("sub-1", "sub-1-1", Outcome.Delivered, 200u, ""), (report.SubmissionId, report.Owner, report.Outcome, report.LastStatus, report.Message));
        var received = Assert.Single(receiver.Requests);
        Assert.Equal(("POST", "/hook", "application/json; charset=utf-8"), (received.Method, received.Path, (string?)received.Headers.ContentType));
        var timestamp = received.Headers["webhook-timestamp"].ToString();
        Assert.Equal("sub-1", received.Headers["webhook-id"]);
        var signed = HMACSHA256.HashData(Secret, (byte[])[.. Encoding.ASCII.GetBytes($"sub-1.{timestamp}."), .. received.Body]);
        Assert.Equal($"v1,{Convert.ToBase64String(signed)}", received.Headers["webhook-signature"]);
        var body = JsonNode.Parse(received.Body)!;
        Assert.Equal(("submission.finished", "homework 3"), ((string?)body["type"], (string?)body["context"]));
        Assert.Equal(("sub-1", "finished", "42\n"), ((string?)body["data"]!["id"], (string?)body["data"]!["state"], (string?)body["data"]!["execution"]!["run"]!["stdout"]));
        Assert.False(received.Headers.ContainsKey("traceparent"));
        // A try must have ended before another may have it.
        Assert.All(gateway.Services.Callbacks.Asked, asked => Assert.True(asked.LeaseMs > 10_000));
    }

    [Fact]
    public async Task Without_a_secret_nothing_is_signed()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var gateway = await CallingGateway.StartAsync(receiver);

        gateway.Services.Callbacks.MakeDue("sub-1", new Callback { Url = receiver.Url });
        await gateway.Services.Callbacks.ReportAsync();

        var received = Assert.Single(receiver.Requests);
        Assert.Equal("sub-1", received.Headers["webhook-id"]);
        Assert.False(received.Headers.ContainsKey("webhook-signature"));
        Assert.False(JsonNode.Parse(received.Body)!.AsObject().ContainsKey("context"));
    }

    [Theory]
    [InlineData(500, null, 1, Outcome.Retry, 5_000)]
    [InlineData(500, null, 2, Outcome.Retry, 15_000)]
    [InlineData(404, null, 7, Outcome.Retry, 1_800_000)]
    [InlineData(500, null, 8, Outcome.Failed, 0)]
    [InlineData(410, null, 1, Outcome.Failed, 0)]
    [InlineData(204, null, 3, Outcome.Delivered, 0)]
    [InlineData(503, "120", 1, Outcome.Retry, 120_000)]
    [InlineData(429, "1", 1, Outcome.Retry, 5_000)]
    [InlineData(429, "86400", 1, Outcome.Retry, 3_600_000)]
    public async Task Each_answer_has_its_consequence(int status, string? retryAfter, uint attempt, object outcome, uint delayMs)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.OnReceived = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = retryAfter;
            return Task.CompletedTask;
        };
        await using var gateway = await CallingGateway.StartAsync(receiver);

        gateway.Services.Callbacks.MakeDue("sub-1", new Callback { Url = receiver.Url }, attempt);
        var report = await gateway.Services.Callbacks.ReportAsync();

        Assert.Equal(((Outcome)outcome, delayMs, (uint)status), (report.Outcome, report.DelayMs, report.LastStatus));
        Assert.Equal(report.Outcome == Outcome.Delivered ? "" : $"The host answered {status}.", report.Message);
    }

    [Fact]
    public async Task A_redirection_is_not_followed()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.OnReceived = context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };
        await using var gateway = await CallingGateway.StartAsync(receiver);

        gateway.Services.Callbacks.MakeDue("sub-1", new Callback { Url = receiver.Url });
        var report = await gateway.Services.Callbacks.ReportAsync();

        Assert.Equal((Outcome.Retry, 302u), (report.Outcome, report.LastStatus));
        Assert.Equal("/hook", Assert.Single(receiver.Requests).Path);
    }

    [Fact]
    public async Task A_receiver_that_is_silent_is_tried_again()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.OnReceived = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        await using var gateway = await CallingGateway.StartAsync(receiver, ("Gateway:Callbacks:Timeout", "00:00:00.3"));

        gateway.Services.Callbacks.MakeDue("sub-1", new Callback { Url = receiver.Url });
        var report = await gateway.Services.Callbacks.ReportAsync();

        Assert.Equal((Outcome.Retry, 0u, "The host did not answer in time."), (report.Outcome, report.LastStatus, report.Message));
    }

    [Fact]
    public async Task A_receiver_that_never_stops_answering_is_cut_off()
    {
        await using var receiver = await Receiver.StartAsync();
        var gone = new TaskCompletionSource();
        receiver.OnReceived = async context =>
        {
            var much = new byte[64 * 1024];
            try
            {
                while (true)
                    await context.Response.Body.WriteAsync(much, context.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                gone.SetResult();
            }
        };
        await using var gateway = await CallingGateway.StartAsync(receiver);

        gateway.Services.Callbacks.MakeDue("sub-1", new Callback { Url = receiver.Url });

        Assert.Equal(Outcome.Delivered, (await gateway.Services.Callbacks.ReportAsync()).Outcome);
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_leads_inside_says_no_more_than_what_leads_nowhere()
    {
        await using var receiver = await Receiver.StartAsync();
        // The port may be called, the loopback may not.
        await using var inside = await TestGateway.StartAsync(("Gateway:Callbacks:AllowedPorts:0", "1-65535"));
        await using var outside = await CallingGateway.StartAsync(receiver, ("Gateway:Callbacks:AllowedPorts:1", "1-65535"));

        inside.Services.Callbacks.MakeDue("literal", new Callback { Url = receiver.Url });
        var literal = await inside.Services.Callbacks.ReportAsync();
        inside.Services.Callbacks.MakeDue("name", new Callback { Url = $"http://{Dns.GetHostName()}:{receiver.Port}/" });
        var name = await inside.Services.Callbacks.ReportAsync();
        outside.Services.Callbacks.MakeDue("nobody", new Callback { Url = $"http://127.0.0.1:{FreePort.Next()}/" });
        var nobody = await outside.Services.Callbacks.ReportAsync();

        Assert.Equal((Outcome.Failed, "This host must not be called."), (literal.Outcome, literal.Message));
        Assert.Equal((Outcome.Retry, "The host could not be reached.", 5_000u), (name.Outcome, name.Message, name.DelayMs));
        Assert.Equal((name.Outcome, name.Message, name.DelayMs), (nobody.Outcome, nobody.Message, nobody.DelayMs));
        Assert.Empty(receiver.Requests);
    }

    [Fact]
    public async Task A_slow_host_keeps_no_other_waiting()
    {
        await using var slow = await Receiver.StartAsync();
        await using var quick = await Receiver.StartAsync();
        var release = new TaskCompletionSource();
        slow.OnReceived = context => release.Task.WaitAsync(context.RequestAborted);
        await using var gateway = await CallingGateway.StartAsync(slow, ("Gateway:Callbacks:MaxConcurrentPerHost", "1"), ("Gateway:Callbacks:AllowedPorts:1", $"{quick.Port}"));
        var callbacks = gateway.Services.Callbacks;

        callbacks.MakeDue("first", new Callback { Url = slow.Url });
        callbacks.MakeDue("second", new Callback { Url = slow.Url });
        var postponed = await callbacks.ReportAsync();
        callbacks.MakeDue(postponed.SubmissionId, new Callback { Url = slow.Url });
        var again = await callbacks.ReportAsync();
        callbacks.MakeDue("other", new Callback { Url = quick.Url });
        var other = await callbacks.ReportAsync();
        release.SetResult();
        var first = await callbacks.ReportAsync();

        // Whoever comes back to a host that is still taken comes back later.
        Assert.Equal((Outcome.Postponed, 1_000u), (postponed.Outcome, postponed.DelayMs));
        Assert.Equal((Outcome.Postponed, 2_000u), (again.Outcome, again.DelayMs));
        Assert.Equal(("other", Outcome.Delivered), (other.SubmissionId, other.Outcome));
        Assert.Equal(Outcome.Delivered, first.Outcome);
        Assert.NotEqual(first.SubmissionId, postponed.SubmissionId);
    }

    [Fact]
    public async Task A_Gateway_that_stops_leaves_what_it_is_sending_to_another_at_once()
    {
        await using var receiver = await Receiver.StartAsync();
        var arrived = new TaskCompletionSource();
        receiver.OnReceived = context =>
        {
            arrived.TrySetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        await using var gateway = await CallingGateway.StartAsync(receiver);

        gateway.Services.Callbacks.MakeDue("sub-1", new Callback { Url = receiver.Url });
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await gateway.StopAsync();

        Assert.Equal(Outcome.Postponed, (await gateway.Services.Callbacks.ReportAsync()).Outcome);
    }
}
