using System.Net.WebSockets;

namespace OnlineCompiler.Gateway.Interactive;

/// <summary>Ends a connection with a close status of the dialect's, and no other word.</summary>
internal sealed class ClosingException(WebSocketCloseStatus status, string reason) : Exception(reason)
{
    public WebSocketCloseStatus Status { get; } = status;
}
