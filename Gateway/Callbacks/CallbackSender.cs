using System.Net;
using System.Net.Http.Headers;

namespace OnlineCompiler.Gateway.Callbacks;

/// <summary>An answer to a callback.</summary>
/// <param name="Status">What it said.</param>
/// <param name="RetryAfter">How long it asked to be left alone; null when it did not.</param>
internal readonly record struct CallbackReply(HttpStatusCode Status, TimeSpan? RetryAfter);

/// <summary>
/// Sends to strangers: over connections that are guarded, past any proxy, without cookies, credentials or trace ids, and following
/// no redirection. Of an answer it wants the status and one header.
/// </summary>
internal sealed class CallbackSender : IDisposable
{
    /// <summary>Of an answer's body, what is read so that the connection can serve again.</summary>
    private const int MaxAnswerBytes = 4096;
    private const int MaxAnswerHeadersKilobytes = 16;
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(30);
    private static readonly ProductInfoHeaderValue Agent = new("OnlineCompiler-Callbacks", "1.0");

    private readonly HttpMessageInvoker _client;
    private readonly TimeProvider _clock;

    public CallbackSender(GuardedConnection connection, TimeProvider clock)
    {
        _clock = clock;
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = connection.ConnectAsync,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = MaxAnswerHeadersKilobytes,
            MaxResponseDrainSize = MaxAnswerBytes,
            ResponseDrainTimeout = DrainTimeout,
            PooledConnectionIdleTimeout = IdleTimeout,
            PooledConnectionLifetime = IdleTimeout,
        });
    }

    /// <exception cref="HttpRequestException">There was no answer.</exception>
    /// <exception cref="OperationCanceledException">Not in time, or it was cancelled.</exception>
    public async Task<CallbackReply> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.UserAgent.Add(Agent);
        using var response = await _client.SendAsync(request, cancellationToken);
        var delay = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _clock.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return new CallbackReply(response.StatusCode, delay);
    }

    public void Dispose() => _client.Dispose();
}
