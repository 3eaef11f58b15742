using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OnlineCompiler.Gateway.Judge0.Wire;

namespace OnlineCompiler.Gateway.Judge0.Access;

/// <summary>Who may call, where an operator has given out tokens; keys that resellers' clients send are ignored.</summary>
internal sealed class JudgeAccess(IOptions<Judge0Options> options)
{
    private readonly Judge0Options _options = options.Value;

    /// <exception cref="JudgeRefusal">401: the token is missing or wrong.</exception>
    public void Authenticate(HttpRequest request)
    {
        if (_options.AuthenticationTokens.Length > 0 && !Has(request, _options.AuthenticationHeader, _options.AuthenticationTokens))
            throw JudgeRefusal.Bare(StatusCodes.Status401Unauthorized);
    }

    /// <exception cref="JudgeRefusal">403: the token is missing or wrong, or there is none that would do.</exception>
    public void Authorize(HttpRequest request)
    {
        if (!Has(request, _options.AuthorizationHeader, _options.AuthorizationTokens))
            throw JudgeRefusal.Bare(StatusCodes.Status403Forbidden);
    }

    private static bool Has(HttpRequest request, string name, string[] tokens)
    {
        var given = request.Headers[name] is { Count: > 0 } header ? header : request.Query[name];
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(given.ToString()));
        // Hashes are of one length, and comparing them tells nothing of how much was right.
        return given.Count > 0 && Array.Exists(tokens, token => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(token)), hash));
    }
}
