using System.Text;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace OnlineCompiler.Client;

/// <summary>
/// Bytes of a program, its input or its output. In JSON they are a string when they are valid UTF-8, and
/// <c>{"base64": "…"}</c> when they are not, so every byte survives both ways.
/// </summary>
/// <param name="Bytes">The bytes as they are.</param>
[JsonConverter(typeof(TextOrBytesConverter))]
public readonly record struct TextOrBytes(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Whether the bytes are valid UTF-8.</summary>
    public bool IsText => Utf8.IsValid(Bytes.Span);

    /// <summary>The text as UTF-8.</summary>
    public static implicit operator TextOrBytes(string text) => FromString(text);

    /// <summary>The bytes, not a copy of them.</summary>
    public static implicit operator TextOrBytes(byte[] bytes) => FromByteArray(bytes);

    /// <summary>The text as UTF-8.</summary>
    public static TextOrBytes FromString(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>The bytes, not a copy of them.</summary>
    public static TextOrBytes FromByteArray(byte[] bytes) => new(bytes);

    /// <summary>Whether the bytes are the same.</summary>
    public bool Equals(TextOrBytes other) => Bytes.Span.SequenceEqual(other.Bytes.Span);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes.Span);
        return hash.ToHashCode();
    }

    /// <summary>The text; bytes that are not UTF-8 become U+FFFD.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Bytes.Span);
}
