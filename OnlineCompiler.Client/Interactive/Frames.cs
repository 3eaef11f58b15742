namespace OnlineCompiler.Client;

/// <summary>What a client sends: one JSON object in each message.</summary>
internal abstract record ClientFrame(string Type);

internal sealed record StartFrame(ExecutionRequest Execution, TerminalSize? Terminal) : ClientFrame("start");

internal sealed record StdinFrame(TextOrBytes Data) : ClientFrame("stdin");

internal sealed record EndOfInputFrame() : ClientFrame("endOfInput");

internal sealed record SignalFrame(string Signal) : ClientFrame("signal");

internal sealed record ResizeFrame(int Columns, int Rows) : ClientFrame("resize");
