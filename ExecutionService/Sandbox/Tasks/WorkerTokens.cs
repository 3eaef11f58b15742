using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OnlineCompiler.ExecutionService.Sandbox.Tasks.Wire;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks;

/// <summary>
/// Knows which workers may dial in: those with the operator's token, and this service's own with one that is made anew at
/// each start. Tokens are compared by their hashes, in a time that tells nothing about them.
/// </summary>
internal sealed class WorkerTokens(IOptions<TaskOptions> options)
{
    private readonly byte[]? _sharedHash = options.Value.Token is { Length: > 0 } token ? Hash(token) : null;
    private readonly string _local = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));

    /// <summary>For the workers that this service starts itself.</summary>
    public string Local => _local;

    /// <param name="header">The value of the metadata <c>authorization</c>, if there was one.</param>
    public bool Accepts(string? header)
    {
        if (header is null || !header.StartsWith(WorkerProtocol.TokenScheme, StringComparison.Ordinal))
            return false;
        var hash = Hash(header[WorkerProtocol.TokenScheme.Length..]);
        return CryptographicOperations.FixedTimeEquals(hash, Hash(_local))
            | (_sharedHash is not null && CryptographicOperations.FixedTimeEquals(hash, _sharedHash));
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
