using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OnlineCompiler.Gateway.Callbacks;

/// <summary>Signs as the Standard Webhooks specification says, so that its libraries verify ours.</summary>
internal static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";
    public const string SecretPrefix = "whsec_";
    public const int MinSecretBytes = 24;
    public const int MaxSecretBytes = 64;
    private const string Version = "v1,";

    /// <param name="secret">The key itself.</param>
    /// <param name="id">The value of <see cref="IdHeader"/>.</param>
    /// <param name="timestamp">The value of <see cref="TimestampHeader"/>: seconds since 1970.</param>
    /// <param name="body">As it is sent.</param>
    public static string Of(ReadOnlySpan<byte> secret, string id, long timestamp, ReadOnlySpan<byte> body) =>
        Version + Convert.ToBase64String(HMACSHA256.HashData(
            secret, (byte[])[.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")), .. body]));

    /// <summary>The key in what a person writes as <c>whsec_…</c>.</summary>
    public static bool TryParseSecret(string text, out byte[] secret)
    {
        secret = [];
        if (!text.StartsWith(SecretPrefix, StringComparison.Ordinal))
            return false;
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text[SecretPrefix.Length..], bytes, out var length))
            return false;
        secret = bytes[..length];
        return length is >= MinSecretBytes and <= MaxSecretBytes;
    }
}
