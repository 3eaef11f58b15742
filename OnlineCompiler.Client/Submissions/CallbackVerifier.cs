using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OnlineCompiler.Client;

/// <summary>
/// Tells callbacks of the service from those of others: by their signature, which only who has the secret can make, and by their
/// age, so that one that was overheard is of no use later. Safe for use by several threads.
/// </summary>
public sealed class CallbackVerifier
{
    private const string Prefix = "whsec_";
    private const string Version = "v1,";
    private const int SecretBytes = 32;

    private readonly byte[] _secret;
    private readonly TimeSpan _tolerance;
    private readonly TimeProvider _time;

    /// <param name="secret">As it was given with the submission: whsec_ and 24-64 bytes as Base64.</param>
    /// <param name="tolerance">How far the clocks, and the way, may part the sender's time from ours. Default: 5 min.</param>
    /// <param name="time">The clock. Default: the machine's.</param>
    /// <exception cref="ArgumentException">It is no such secret.</exception>
    public CallbackVerifier(string secret, TimeSpan? tolerance = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(secret);
        var bytes = new byte[secret.Length];
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal) || !Convert.TryFromBase64String(secret[Prefix.Length..], bytes, out var length) || length == 0)
            throw new ArgumentException($"Must be {Prefix} and Base64.", nameof(secret));
        _secret = bytes[..length];
        _tolerance = tolerance ?? TimeSpan.FromMinutes(5);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>A new secret, for <see cref="Callback.Secret"/>.</summary>
    public static string CreateSecret() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Reads a callback that is the service's. The same one may come again, with the same id: remember those you have handled.</summary>
    /// <param name="id">Header webhook-id: the submission's id.</param>
    /// <param name="timestamp">Header webhook-timestamp.</param>
    /// <param name="signature">Header webhook-signature.</param>
    /// <param name="body">Its bytes, as they came.</param>
    /// <returns>Null when it is not the service's, or too old.</returns>
    /// <exception cref="InvalidDataException">It is signed, but not one of OnlineCompiler's.</exception>
    public CallbackMessage? Read(string? id, string? timestamp, string? signature, ReadOnlySpan<byte> body)
    {
        if (id is null || signature is null || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return null;
        // Compared as numbers: any number of seconds can be written into the header.
        if (Math.Abs((double)seconds - _time.GetUtcNow().ToUnixTimeSeconds()) > _tolerance.TotalSeconds)
            return null;

        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var expected = Encoding.ASCII.GetBytes(Version + Convert.ToBase64String(HMACSHA256.HashData(_secret, signed)));
        // There may be several, of keys that are being changed.
        var isOurs = false;
        foreach (var given in signature.Split(' '))
            isOurs |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), expected);
        return isOurs ? ExecutionEvents.Parse(body, ClientJson.Api.CallbackMessage) : null;
    }
}
