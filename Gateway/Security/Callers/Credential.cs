using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Gateway.Security.Keys;

namespace OnlineCompiler.Gateway.Security.Callers;

/// <summary>What a caller shows: an API key, or a token of an issuer's.</summary>
internal readonly record struct Credential(string Text, bool IsKey)
{
    public const string KeyHeader = "X-Api-Key";

    /// <summary>What a WebSocket's server chooses of the protocols that are offered.</summary>
    public const string SocketProtocol = "onlinecompiler.v1";

    /// <summary>Browsers send no headers with a WebSocket; this before a key or token is a protocol that is offered, but never chosen.</summary>
    public const string SocketPrefix = "onlinecompiler.bearer.";

    private const string Bearer = "Bearer ";

    /// <summary>
    /// <c>Authorization: Bearer …</c>, else <c>X-Api-Key</c>, else the protocols of a WebSocket. Other schemes are somebody else's, a
    /// proxy's on the way for example. Where clients come that were written for another service, keys that are not ours are ignored.
    /// </summary>
    public static Credential? Find(HttpContext context, Endpoint endpoint)
    {
        var text = FindText(context);
        if (text is null)
            return null;
        var isKey = ApiKeyText.IsMeant(text);
        var isForeign = !isKey && !IsToken(text) && endpoint.Metadata.GetMetadata<ErrorShape>() is not null;
        return isForeign ? null : new Credential(text, isKey || !IsToken(text));
    }

    /// <summary>The protocol to accept a WebSocket with; null when the client has offered none of ours.</summary>
    public static string? ProtocolFor(HttpContext context) => context.WebSockets.WebSocketRequestedProtocols.Contains(SocketProtocol) ? SocketProtocol : null;

    private static string? FindText(HttpContext context)
    {
        var headers = context.Request.Headers;
        var authorization = headers.Authorization.ToString();
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return authorization[Bearer.Length..].Trim();
        if (headers.TryGetValue(KeyHeader, out var key) && key.ToString() is { Length: > 0 } text)
            return text;
        // Not yet the feature of the WebSocket middleware, which comes later.
        return headers.SecWebSocketProtocol.ToString().Split(',', StringSplitOptions.TrimEntries)
            .FirstOrDefault(protocol => protocol.StartsWith(SocketPrefix, StringComparison.Ordinal))?[SocketPrefix.Length..];
    }

    private static bool IsToken(string text) => text.AsSpan().Count('.') == 2;
}
