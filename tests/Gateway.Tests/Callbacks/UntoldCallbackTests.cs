using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using OnlineCompiler.Execution.V1;
using Outcome = OnlineCompiler.Execution.V1.ReportCallbackRequest.Types.Outcome;

namespace OnlineCompiler.Gateway.Tests.Callbacks;

/// <summary>What a receiver is not told, and how attempts are counted.</summary>
public sealed class UntoldCallbackTests
{
    [Fact]
    public async Task Attempts_are_counted_by_format_and_outcome()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var gateway = await CallingGateway.StartAsync(receiver);
        var meters = gateway.Provider.GetRequiredService<IMeterFactory>();
        var counted = new ConcurrentQueue<string>();
        var durations = new ConcurrentQueue<double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Meter.Name == "OnlineCompiler.Gateway")
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            counted.Enqueue($"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}"));
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => durations.Enqueue(value));
        listener.Start();

        foreach (var status in (int[])[200, 500, 410])
        {
            receiver.OnReceived = context =>
            {
                context.Response.StatusCode = status;
                return Task.CompletedTask;
            };
            gateway.Services.Callbacks.MakeDue($"sub-{status}", new Callback { Url = receiver.Url });
            await gateway.Services.Callbacks.ReportAsync();
        }

        Assert.Equal(
            ["Delivered", "Retry", "Failed"], counted.Select(each => each["onlinecompiler.callbacks 1 format=native outcome=".Length..]));
        Assert.Equal(3, durations.Count);
    }

    [Fact]
    public async Task A_result_that_is_too_large_is_left_out_and_that_is_told()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var gateway = await CallingGateway.StartAsync(receiver, ("Gateway:Callbacks:MaxBodyBytes", "1024"));
        gateway.Services.Execution.OnGetSubmission = id => Task.FromResult(CallingGateway.Finished(id, new string('x', 2000)));

        gateway.Services.Callbacks.MakeDue("sub-1", new Callback { Url = receiver.Url });
        await gateway.Services.Callbacks.ReportAsync();

        var body = JsonNode.Parse(Assert.Single(receiver.Requests).Body)!;
        Assert.True((bool?)body["resultOmitted"]);
        Assert.Equal("finished", (string?)body["data"]!["state"]);
        Assert.False(body["data"]!.AsObject().ContainsKey("execution"));
    }

    [Fact]
    public async Task What_cannot_be_told_has_failed()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var gateway = await CallingGateway.StartAsync(receiver);
        var callbacks = gateway.Services.Callbacks;

        callbacks.MakeDue("sub-1", new Callback { Url = receiver.Url, Format = "smoke" });
        var format = await callbacks.ReportAsync();
        gateway.Services.Execution.OnGetSubmission = _ => throw new RpcException(new Status(StatusCode.NotFound, "no"));
        callbacks.MakeDue("sub-2", new Callback { Url = receiver.Url });
        var forgotten = await callbacks.ReportAsync();
        gateway.Services.Execution.OnGetSubmission = _ => throw new RpcException(new Status(StatusCode.Unavailable, "no"));
        callbacks.MakeDue("sub-3", new Callback { Url = receiver.Url });
        var away = await callbacks.ReportAsync();

        Assert.Equal((Outcome.Failed, "There is no format \"smoke\"."), (format.Outcome, format.Message));
        Assert.Equal((Outcome.Failed, "The submission was forgotten."), (forgotten.Outcome, forgotten.Message));
        Assert.Equal(Outcome.Postponed, away.Outcome);
        Assert.Empty(receiver.Requests);
    }
}
