using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Google.Protobuf;

namespace OnlineCompiler.Gateway.Json;

/// <summary>Bytes that are a JSON string when they are valid UTF-8, and <c>{"base64": "…"}</c> when they are not.</summary>
[JsonConverter(typeof(TextOrBytesConverter))]
internal readonly record struct TextOrBytes(ReadOnlyMemory<byte> Bytes)
{
    public static TextOrBytes From(ByteString bytes) => new(bytes.Memory);

    public static TextOrBytes From(string text) => new(Encoding.UTF8.GetBytes(text));

    public ByteString ToByteString() => UnsafeByteOperations.UnsafeWrap(Bytes);

    /// <summary>Invalid bytes become U+FFFD.</summary>
    public string ToText() => Encoding.UTF8.GetString(Bytes.Span);
}

internal sealed class TextOrBytesConverter : JsonConverter<TextOrBytes>
{
    private const string Base64 = "base64";

    public override TextOrBytes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return new(ReadUtf8(ref reader));

        if (reader.TokenType == JsonTokenType.StartObject
            && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(Base64)
            && reader.Read() && reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var bytes)
            && reader.Read() && reader.TokenType == JsonTokenType.EndObject)
            return new(bytes);

        throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, TextOrBytes value, JsonSerializerOptions options)
    {
        if (Utf8.IsValid(value.Bytes.Span))
        {
            writer.WriteStringValue(value.Bytes.Span);
            return;
        }

        writer.WriteStartObject();
        writer.WriteBase64String(Base64, value.Bytes.Span);
        writer.WriteEndObject();
    }

    // Programs are UTF-8 in the request and UTF-8 for the services; no detour through a UTF-16 string.
    private static byte[] ReadUtf8(ref Utf8JsonReader reader)
    {
        var buffer = new byte[reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length];
        var length = reader.CopyString(buffer);
        return length == buffer.Length ? buffer : buffer[..length];
    }
}
