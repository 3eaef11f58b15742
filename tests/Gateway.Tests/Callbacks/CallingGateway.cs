using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Tests.Services;

namespace OnlineCompiler.Gateway.Tests.Callbacks;

/// <summary>A Gateway that may call a receiver on the loopback, and has a finished submission to tell of.</summary>
internal static class CallingGateway
{
    public static async Task<TestGateway> StartAsync(Receiver receiver, params (string Key, string Value)[] settings)
    {
        var gateway = await TestGateway.StartAsync(
            [("Gateway:Callbacks:AllowedNetworks:0", "127.0.0.0/8"), ("Gateway:Callbacks:AllowedPorts:0", $"{receiver.Port}"), .. settings]);
        gateway.Services.Execution.OnGetSubmission = id => Task.FromResult(Finished(id, "42\n"));
        return gateway;
    }

    public static Submission Finished(string id, string output)
    {
        var finished = FakeExecution.Queued(id);
        finished.State = SubmissionState.Finished;
        finished.FinishedAt = FakeExecution.Time(2);
        finished.Execution = FakeExecution.Answer("python", output);
        finished.Callback = new CallbackDelivery { State = CallbackDelivery.Types.State.Pending };
        return finished;
    }
}
