using System.Net.WebSockets;
using OnlineCompiler.Gateway.Interactive;

namespace OnlineCompiler.Gateway.Piston.Connect;

/// <summary>Piston's close codes and their reasons.</summary>
internal sealed record PistonClose(int Code, string Reason)
{
    public static readonly PistonClose AlreadyInitialized = new(4000, "Already Initialized");
    public static readonly PistonClose InitializationTimeout = new(4001, "Initialization Timeout");
    public static readonly PistonClose NotifiedError = new(4002, "Notified Error");
    public static readonly PistonClose NotYetInitialized = new(4003, "Not yet initialized");
    public static readonly PistonClose OnlyStdin = new(4004, "Can only write to stdin");
    public static readonly PistonClose InvalidSignal = new(4005, "Invalid signal");

    /// <summary>The normal end.</summary>
    public static readonly PistonClose JobCompleted = new(4999, "Job Completed");

    public WebSocketCloseStatus Status => (WebSocketCloseStatus)Code;

    public ClosingException Exception() => new(Status, Reason);
}
