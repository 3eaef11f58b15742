using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.Worker.V1;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Tasks;

/// <summary>Workers run strangers' code, so nothing that they say is believed.</summary>
public sealed class UntrustedWorkerTests : IAsyncDisposable
{
    private static readonly Dictionary<string, WorkerMessage> _lies = new()
    {
        { "more output than its limit", Printed(2048) },
        { "a stream that the program has not", Printed(1, Execution.V1.Output.Types.Stream.Terminal) },
        { "A file's path must not contain empty", Filed("../escape", 1) },
        { "A file's path must be relative", Filed("/etc/cron.d/job", 1) },
        { "larger than allowed", Filed("big", 1 << 30) },
        { "longer than its head said", Filed("long", 0, new byte[1]) },
        { "None does not come here", new WorkerMessage() },
        { "Hello does not come here", new WorkerMessage { Hello = FakeWorker.Hello() } },
        { "More input was taken", new WorkerMessage { InputTaken = new InputTaken { Count = 1 } } },
        { "outcome is none", new WorkerMessage { Exited = new Exited() } },
        { "exit code is not from 0 to 255", new WorkerMessage { Exited = new Exited { Outcome = Outcome.Succeeded, ExitCode = 256 } } },
        { "time is longer than possible", new WorkerMessage { Exited = new Exited { Outcome = Outcome.Succeeded, WallTimeUs = ulong.MaxValue } } },
    };

    private readonly PlayedDispatcher _dispatcher = new();

    public ValueTask DisposeAsync() => _dispatcher.DisposeAsync();

    public static TheoryData<string> Lies => [.. _lies.Keys];

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task What_a_worker_says_is_not_believed(string problem)
    {
        using var worker = await _dispatcher.JoinAsync("liar");
        var starting = _dispatcher.StartAsync();
        await worker.StartJobAsync();
        await using var run = await starting;
        await worker.SendAsync(_lies[problem]);

        var error = await Assert.ThrowsAsync<SandboxLostException>(() => PlayedDispatcher.ReadAsync(run));

        Assert.StartsWith("The worker broke the protocol: ", error.Message);
        Assert.Contains(problem, error.Message);
    }

    private static WorkerMessage Printed(int bytes, Execution.V1.Output.Types.Stream stream = Execution.V1.Output.Types.Stream.Stdout) =>
        new() { Output = new Worker.V1.Output { Stream = stream, Data = Google.Protobuf.ByteString.CopyFrom(new byte[bytes]) } };

    private static WorkerMessage Filed(string path, ulong contentBytes, byte[]? data = null) =>
        new() { File = new FilePiece { Head = new FileHead { Path = path, ContentBytes = contentBytes }, Data = Google.Protobuf.ByteString.CopyFrom(data ?? []) } };
}
