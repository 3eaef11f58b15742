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

    /// <exception cref="ProblemException">Neither a start nor a resume frame, or members are missing.</exception>
    public static AttachRequest ToFirst(ClientFrame frame, string caller, string owner) => frame.Type switch
    {
        "start" => ToStart(frame, caller, owner),
        "resume" when string.IsNullOrEmpty(frame.Token) => throw ProblemException.ForField("token", "Required."),
        "resume" => new AttachRequest { Resume = new Resume { Token = frame.Token, Position = frame.Position ?? 0 }, Owner = owner },
        _ => throw ProblemException.ForField("type", "The first frame must be of type start or resume."),
    };

    /// <returns>One message, or several for much input.</returns>
    /// <exception cref="ProblemException">An unknown type, or members are missing.</exception>
    public static IEnumerable<AttachRequest> ToMessages(ClientFrame frame) => frame.Type switch
    {
        "stdin" => ToStdin(frame),
        "endOfInput" => [new AttachRequest { EndOfInput = new EndOfInput() }],
        "signal" => [new AttachRequest { Signal = ToSignal(frame.Signal) }],
        "resize" => [new AttachRequest { Resize = ToSize(frame.Columns, frame.Rows) }],
        "start" or "resume" => throw ProblemException.ForField("type", "The program runs already."),
        _ => throw ProblemException.ForField("type", "Expected stdin, endOfInput, signal or resize."),
    };

    /// <summary>The same of a resumable run, which counts what it takes: one message for each frame.</summary>
    /// <exception cref="ProblemException">Also for more than one message takes.</exception>
    public static AttachRequest ToMessage(ClientFrame frame)
    {
        if (frame is not { Type: "stdin", Data: { } data })
            return ToMessages(frame).Single();
        if (data.Bytes.Length > MaxStdinBytes)
            throw ProblemException.ForField("data", $"At most {MaxStdinBytes} bytes a frame in a resumable run.");
        return new AttachRequest { Stdin = UnsafeByteOperations.UnsafeWrap(data.Bytes) };
    }

    private static IEnumerable<AttachRequest> ToStdin(ClientFrame frame) =>
        ToStdin(frame.Data?.Bytes ?? throw ProblemException.ForField("data", "Required."));

    /// <summary>In pieces that the service takes.</summary>
    public static IEnumerable<AttachRequest> ToStdin(ReadOnlyMemory<byte> data) => Enumerable.Range(0, (data.Length + MaxStdinBytes - 1) / MaxStdinBytes)
        .Select(part => data[(part * MaxStdinBytes)..Math.Min((part + 1) * MaxStdinBytes, data.Length)])
        .Select(part => new AttachRequest { Stdin = UnsafeByteOperations.UnsafeWrap(part) });

    private static AttachRequest ToStart(ClientFrame frame, string caller, string owner)
    {
        if (frame.Execution is not { } execution)
            throw ProblemException.ForField("execution", "Required.");
        if (execution.Stdin is not null)
            throw ProblemException.ForField(ExecutionPrefix + "stdin", "Send standard input as frames of type stdin.");

        var request = execution.ToRequest(caller, ExecutionPrefix);
        if (frame.Terminal is { } terminal)
            request.Terminal = ToSize(terminal.Columns, terminal.Rows, "terminal.");
        return new AttachRequest { Start = request, Owner = owner, Resumable = frame.Resumable ?? false };
    }

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
