using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace OnlineCompiler.Gateway.Security.Tokens;

/// <summary>
/// The issuer's name and keys, read by its discovery document. What was read once is used for as long as the issuer cannot be reached;
/// who needs a key that is not there waits for a new reading, of which there are few, whatever tokens come.
/// </summary>
internal sealed class Issuer(IOptions<OidcOptions> options, IHttpClientFactory clients, TimeProvider clock, ILogger<Issuer> logger) : IDisposable
{
    public const string HttpClientName = "oidc";
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(1);
    private readonly OidcOptions _options = options.Value;
    private readonly SemaphoreSlim _one = new(1);
    private OpenIdConnectConfiguration? _known;
    private long _readAt;
    private long _failedAt;

    /// <summary>What is known now; the first time, after reading it.</summary>
    /// <exception cref="IOException">It could not be read, and never was.</exception>
    public async ValueTask<OpenIdConnectConfiguration> FindAsync(CancellationToken cancellationToken)
    {
        var known = Volatile.Read(ref _known);
        if (known is null)
            return await ReadAsync(null, cancellationToken) ?? throw new IOException("The issuer cannot be reached.");
        if (clock.GetElapsedTime(_readAt) > TimeSpan.FromSeconds(_options.RefreshSeconds))
            _ = ReadAsync(known, CancellationToken.None);
        return known;
    }

    /// <summary>What is known after a new reading, because a key was not found; null when it is too early for one, or it failed.</summary>
    public Task<OpenIdConnectConfiguration?> RenewAsync(OpenIdConnectConfiguration known, CancellationToken cancellationToken) =>
        clock.GetElapsedTime(_readAt) < TimeSpan.FromSeconds(_options.UnknownKeySeconds) && ReferenceEquals(known, Volatile.Read(ref _known))
            ? Task.FromResult<OpenIdConnectConfiguration?>(null)
            : ReadAsync(known, cancellationToken);

    public void Dispose() => _one.Dispose();

    /// <summary>Reads unless someone else has read meanwhile.</summary>
    private async Task<OpenIdConnectConfiguration?> ReadAsync(OpenIdConnectConfiguration? known, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!ReferenceEquals(_known, known))
                return _known;
            if (_failedAt != 0 && clock.GetElapsedTime(_failedAt) < RetryAfterFailure)
                return null;

            // Others wait for it as well, so it does not end when its caller leaves.
            var retriever = new HttpDocumentRetriever(clients.CreateClient(HttpClientName)) { RequireHttps = !_options.AllowHttp };
            var read = await OpenIdConnectConfigurationRetriever.GetAsync(
                $"{_options.Authority!.TrimEnd('/')}/.well-known/openid-configuration", retriever, CancellationToken.None);
            _readAt = clock.GetTimestamp();
            _failedAt = 0;
            Volatile.Write(ref _known, read);
            return read;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            _failedAt = clock.GetTimestamp();
            logger.IssuerUnreachable(exception, _options.Authority!);
            return null;
        }
        finally
        {
            _one.Release();
        }
    }
}
