using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OnlineCompiler.Tests.Fuzzing;

/// <summary>Spoils JSON: in its meaning, in its shape, and down to its bytes.</summary>
internal static class JsonMutation
{
    /// <summary>Stands in the text for what no JSON writer would write.</summary>
    private const string Mark = "@raw@";

    private static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly byte[][] _values =
    [
        .. new[]
        {
            "null", "true", "0", "-0", "-1", "1.5", "1e999", "-1e999", "1e-999", "NaN", "Infinity", "-Infinity", "0x10", "01", "+1", ".5", "1_000",
            "2147483648", "4294967296", "9007199254740993", "18446744073709551616", "99999999999999999999999999999999999999",
            "\"\"", "\" \"", "\"0\"", "\"NaN\"", "\"\\u0000\"", "\"a\\u0007\\u001bb\"", "\"\\ud800\"", "\"\\udc00x\"", "\"\\ud800\\ud800\"", "\"\\x41\"", "\"\\u12\"",
            "\"a\nb\"", "\"\u0001\"", "\"\u202e\ufeff\u200b\"", "'single'", "undefined", "\"unclosed", "// comment\n1", "/* */ 1", "1,", "", " ",
            "\"../../etc/passwd\"", "\"..\\\\..\\\\x\"", "\"/etc/passwd\"", "\"C:\\\\x\"", "\"%2e%2e%2f\"", "\"a/./b\"", "\"a//b\"", "\"-\"", "\"--help\"", "\"$(id)\"", "\"{0}%n\"",
            "[]", "{}", "[null]", "[[]]", "[{}]", "{\"\":null}", "{\"a\":{\"b\":1}}", "{\"$ref\":\"#\"}", "{\"__proto__\":{}}", "{\"$type\":\"x\",\"type\":\"y\"}",
            "{\"base64\":\"AA==\"}", "{\"base64\":\"%%%\"}", "{\"base64\":\"/w\"}", "{\"base64\":null}", "{\"base64\":\"\",\"base64\":\"\"}", "{\"base64\":\"\",\"x\":1}", "{\"base64\":\"\\ud800\"}",
        }.Select(Encoding.UTF8.GetBytes),
        [(byte)'"', 0xff, 0xfe, (byte)'"'],
        [(byte)'"', 0xc0, 0xaf, (byte)'"'],
        [(byte)'"', 0xed, 0xa0, 0x80, (byte)'"'],
        [(byte)'"', 0xf4, 0x90, 0x80, 0x80, (byte)'"'],
        [(byte)'"', 0xe2, 0x82, (byte)'"'],
        [0x00],
        Text(300),
        Text(70_000),
        Nested("[", "]", 70),
        Nested("{\"a\":", "}", 70),
        Nested("[", "", 100_000),
    ];

    // Rarer, for they cost time.
    private static readonly byte[][] _hugeValues = [Text((1 << 20) + 1), Text((4 << 20) + 1), Encoding.ASCII.GetBytes($"[{string.Join(',', Enumerable.Repeat("\"x\"", 100_000))}]")];

    private static readonly string[] _names =
        ["extra", "", "__proto__", "$type", "$schema", "Language", "language ", "\\u0000", "\\ud800", "a.b", "a[0]", "toString", "‮name", "type", "stdin", "id"];

    /// <param name="valid">What is spoilt; left as it is.</param>
    /// <param name="random">Decides how.</param>
    public static byte[] Apply(JsonNode? valid, Random random)
    {
        var text = Plain(valid);
        return random.Next(12) switch
        {
            0 => BreakText(text, random),
            1 => Value(random),
            _ when valid is JsonObject or JsonArray => ChangeInside(valid, random),
            _ => Value(random),
        };
    }

    public static byte[] Plain(JsonNode? value) => JsonSerializer.SerializeToUtf8Bytes(value, _plain);

    private static byte[] ChangeInside(JsonNode valid, Random random)
    {
        var changed = valid.DeepClone();
        var slots = Slots(changed).ToArray();
        if (slots.Length == 0)
            return Value(random);

        var (parent, place) = slots[random.Next(slots.Length)];
        var before = Plain(parent is JsonArray array ? array[(int)place] : parent[(string)place]);
        if (random.Next(5) == 0)
        {
            Remove(parent, place);
            return Plain(changed);
        }

        Set(parent, place, Mark);
        return Splice(Plain(changed), Instead(before, place as string, random));
    }

    private static byte[] Instead(byte[] before, string? name, Random random) => (random.Next(6), name) switch
    {
        (0, not null) => [.. before, .. Encoding.UTF8.GetBytes($",\"{name}\":"), .. random.Next(2) == 0 ? before : Value(random)],
        (1, not null) => [.. before, .. Encoding.UTF8.GetBytes($",\"{_names[random.Next(_names.Length)]}\":"), .. Value(random)],
        (0 or 1, null) => Repeated(before, random.Next(2) == 0 ? 150 : 2_000),
        (2, _) => [(byte)'[', .. before, (byte)']'],
        _ => Value(random),
    };

    private static byte[] Value(Random random) =>
        random.Next(150) == 0 ? _hugeValues[random.Next(_hugeValues.Length)] : _values[random.Next(_values.Length)];

    private static byte[] BreakText(byte[] text, Random random)
    {
        var place = random.Next(text.Length);
        return random.Next(9) switch
        {
            0 => text[..place],
            1 => [.. text[..place], (byte)random.Next(256), .. text[(place + 1)..]],
            2 => [.. text[..place], (byte)random.Next(256), .. text[place..]],
            3 => [0xef, 0xbb, 0xbf, .. text],
            4 => [.. text, .. text],
            5 => [.. text, .. "garbage"u8],
            6 => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(text)),
            7 => Compressed(text),
            _ => [],
        };
    }

    private static IEnumerable<(JsonNode Parent, object Place)> Slots(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Slots(member.Value).Prepend((members, member.Key))),
        JsonArray elements => elements.SelectMany((element, index) => Slots(element).Prepend((elements, index))),
        _ => [],
    };

    private static void Set(JsonNode parent, object place, JsonNode value)
    {
        if (parent is JsonArray elements)
            elements[(int)place] = value;
        else
            parent[(string)place] = value;
    }

    private static void Remove(JsonNode parent, object place)
    {
        if (parent is JsonArray elements)
            elements.RemoveAt((int)place);
        else
            parent.AsObject().Remove((string)place);
    }

    private static byte[] Splice(byte[] text, byte[] instead)
    {
        var mark = Encoding.UTF8.GetBytes($"\"{Mark}\"");
        var place = text.AsSpan().IndexOf(mark);
        return [.. text[..place], .. instead, .. text[(place + mark.Length)..]];
    }

    private static byte[] Repeated(byte[] element, int times) => [.. Enumerable.Repeat(element, times).SelectMany((value, index) => index == 0 ? value : [(byte)',', .. value])];

    private static byte[] Text(int length) => Encoding.ASCII.GetBytes($"\"{new string('x', length)}\"");

    private static byte[] Nested(string open, string close, int depth) =>
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth)));

    private static byte[] Compressed(byte[] text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(text);
        return packed.ToArray();
    }
}
