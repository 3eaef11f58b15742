using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Interactive;
using OnlineCompiler.Gateway.Piston.Errors;
using OnlineCompiler.Gateway.Piston.Jobs;
using OnlineCompiler.Gateway.Piston.Runtimes;

namespace OnlineCompiler.Gateway.Piston.Connect;

/// <summary>Piston's messages. The runtime and the buffering of early input are the service's; here is only how they are told.</summary>
internal sealed class PistonDialect(InstalledRuntimes runtimes, PistonOptions options, string caller) : IFrameDialect
{
    private const string Stdin = "stdin";
    private Runtime? _runtime;

    public TimeSpan StartPatience => TimeSpan.FromMilliseconds(options.InitMs);

    public Exception StartTimeout() => PistonClose.InitializationTimeout.Exception();

    public async ValueTask<AttachRequest?> ToStartAsync(FrameMessage message, CancellationToken cancellationToken)
    {
        var body = Read(message);
        switch (body.Text("type"))
        {
            case "init":
                // Standard input comes as messages; what init says of it is not even looked at.
                var job = await Job.ReadAsync(body.With(new Dictionary<string, JsonElement> { [Stdin] = default }), runtimes, options, caller, cancellationToken);
                _runtime = job.Runtime;
                job.Request.Stdin = ByteString.Empty;
                job.Request.Limits.OutputLimitBytes = (ulong)options.ConnectOutputBytes;
                return new AttachRequest { Start = job.Request };
            case "data" or "signal":
                throw PistonClose.NotYetInitialized.Exception();
            default:
                return null;
        }
    }

    public IEnumerable<AttachRequest> ToInput(FrameMessage message)
    {
        var body = Read(message);
        return body.Text("type") switch
        {
            "init" => throw PistonClose.AlreadyInitialized.Exception(),
            "data" when body.Text("stream") is not Stdin => throw PistonClose.OnlyStdin.Exception(),
            "data" => ClientFrames.ToStdin(Encoding.UTF8.GetBytes(body.Text("data") ?? "")),
            "signal" => ToSignal(body.Text("signal") ?? ""),
            // Beyond Piston, where a program that reads to the end of its input never gets there.
            "endOfInput" => [new AttachRequest { EndOfInput = new EndOfInput() }],
            _ => [],
        };
    }

    public async IAsyncEnumerable<byte[]> ToMessagesAsync(
        IAsyncStreamReader<ExecuteEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in ExecutionEvents.ReadAsync(events, cancellationToken))
        {
            // The event that the item was made of is still the current one.
            if (ToFrame(item, events.Current) is { } frame)
                yield return frame.ToBytes();
        }
    }

    private PistonFrame? ToFrame(ExecutionEvent item, ExecuteEvent source) => item switch
    {
        AcceptedEvent when _runtime is { } runtime => new RuntimeFrame(runtime.Language, runtime.Version),
        StageEvent stage => new StageFrame(NameOf(stage.Stage)),
        OutputEvent output => new DataFrame(output.Stream is Output.Types.Stream.Stderr ? "stderr" : "stdout", output.Data.ToText()),
        StageResultEvent => ToExit(source.StageFinished),
        _ => null,
    };

    private static ExitFrame ToExit(StageFinished finished)
    {
        var result = finished.Result;
        var (status, message) = StageReport.Explain(result);
        return new ExitFrame(NameOf(finished.Stage), result.HasExitCode ? result.ExitCode : null, StageReport.SignalOf(result), status, message);
    }

    private static IEnumerable<AttachRequest> ToSignal(string name)
    {
        if (LinuxSignals.NumberOf(name) == 0)
            throw PistonClose.InvalidSignal.Exception();
        return ClientFrames.Signals.TryGetValue(name, out var signal) ? [new AttachRequest { Signal = signal }] : [];
    }

    private static string NameOf(Stage stage) => stage is Stage.Compile ? "compile" : "run";

    private static PistonBody Read(FrameMessage message)
    {
        if (message.Bytes.IsEmpty)
            throw PistonErrors.Unreadable("SyntaxError", "the message is empty");
        return PistonBody.Parse(Encoding.UTF8.GetString(message.Bytes.Span));
    }
}
