using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnlineCompiler.Client;

internal sealed class TextOrBytesConverter : JsonConverter<TextOrBytes>
{
    private const string Base64 = "base64";

    public override TextOrBytes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String)
            return new(ReadUtf8(ref reader));

        if (reader.TokenType is JsonTokenType.StartObject
            && reader.Read() && reader.TokenType is JsonTokenType.PropertyName && reader.ValueTextEquals(Base64)
            && reader.Read() && reader.TokenType is JsonTokenType.String && reader.TryGetBytesFromBase64(out var bytes)
            && reader.Read() && reader.TokenType is JsonTokenType.EndObject)
            return new(bytes);

        throw new JsonException("Expected a string, or an object {\"base64\": \"…\"}.");
    }

    public override void Write(Utf8JsonWriter writer, TextOrBytes value, JsonSerializerOptions options)
    {
        if (value.IsText)
        {
            writer.WriteStringValue(value.Bytes.Span);
            return;
        }

        writer.WriteStartObject();
        writer.WriteBase64String(Base64, value.Bytes.Span);
        writer.WriteEndObject();
    }

    // Output is UTF-8 in the answer and bytes for the caller; no detour through a UTF-16 string.
    private static byte[] ReadUtf8(ref Utf8JsonReader reader)
    {
        var buffer = new byte[reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length];
        var length = reader.CopyString(buffer);
        return length == buffer.Length ? buffer : buffer[..length];
    }
}
