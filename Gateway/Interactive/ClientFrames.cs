using Google.Protobuf;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Interactive;

/// <summary>Turns frames into the messages of an attached run.</summary>
internal static class ClientFrames
{
    /// <summary>What the service takes in one message.</summary>
    private const int MaxStdinBytes = 64 * 1024;
    private const string ExecutionPrefix = "execution.";

    /// <summary>Those that reach a program.</summary>
    public static readonly IReadOnlyDictionary<string, Signal> Signals = new Dictionary<string, Signal>
    {
        ["SIGINT"] = Signal.Interrupt,
        ["SIGQUIT"] = Signal.Quit,
        ["SIGTERM"] = Signal.Terminate,
        ["SIGKILL"] = Signal.Kill,
    };

    /// <exception cref="ProblemException">Not a start frame, or members are missing.</exception>
    public static AttachRequest ToStart(ClientFrame frame, string caller)
    {
        if (frame.Type is not "start")
            throw ProblemException.ForField("type", "The first frame must be of type start.");
        if (frame.Execution is not { } execution)
            throw ProblemException.ForField("execution", "Required.");
        if (execution.Stdin is not null)
            throw ProblemException.ForField(ExecutionPrefix + "stdin", "Send standard input as frames of type stdin.");

        var request = execution.ToRequest(caller, ExecutionPrefix);
        if (frame.Terminal is { } terminal)
            request.Terminal = ToSize(terminal.Columns, terminal.Rows, "terminal.");
        return new AttachRequest { Start = request };
    }

    /// <returns>One message, or several for much input.</returns>
    /// <exception cref="ProblemException">An unknown type, or members are missing.</exception>
    public static IEnumerable<AttachRequest> ToMessages(ClientFrame frame) => frame.Type switch
    {
        "stdin" => ToStdin(frame),
        "endOfInput" => [new AttachRequest { EndOfInput = new EndOfInput() }],
        "signal" => [new AttachRequest { Signal = ToSignal(frame.Signal) }],
        "resize" => [new AttachRequest { Resize = ToSize(frame.Columns, frame.Rows) }],
        "start" => throw ProblemException.ForField("type", "The program runs already."),
        _ => throw ProblemException.ForField("type", "Expected stdin, endOfInput, signal or resize."),
    };

    private static IEnumerable<AttachRequest> ToStdin(ClientFrame frame) =>
        ToStdin(frame.Data?.Bytes ?? throw ProblemException.ForField("data", "Required."));

    /// <summary>In pieces that the service takes.</summary>
    public static IEnumerable<AttachRequest> ToStdin(ReadOnlyMemory<byte> data) => Enumerable.Range(0, (data.Length + MaxStdinBytes - 1) / MaxStdinBytes)
        .Select(part => data[(part * MaxStdinBytes)..Math.Min((part + 1) * MaxStdinBytes, data.Length)])
        .Select(part => new AttachRequest { Stdin = UnsafeByteOperations.UnsafeWrap(part) });

    private static Signal ToSignal(string? name) =>
        name is not null && Signals.TryGetValue(name, out var signal)
            ? signal
            : throw ProblemException.ForField("signal", $"Expected one of {string.Join(", ", Signals.Keys)}.");

    private static TerminalSize ToSize(uint? columns, uint? rows, string prefix = "")
    {
        var errors = new FieldErrors(prefix);
        if (columns is null)
            errors.Add("columns", "Required.");
        if (rows is null)
            errors.Add("rows", "Required.");
        errors.ThrowIfAny();
        return new TerminalSize { Columns = columns ?? 0, Rows = rows ?? 0 };
    }
}
