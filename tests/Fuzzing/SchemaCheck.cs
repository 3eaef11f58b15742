using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OnlineCompiler.Tests.Fuzzing;

/// <summary>
/// Holds JSON against the schemas of a document. It knows the keywords that our documents use, and refuses others, so that
/// nothing is taken for checked that was not.
/// </summary>
internal sealed class SchemaCheck(ApiDescription api)
{
    private static readonly HashSet<string> _remarks = ["description", "discriminator", "default", "example", "examples", "title", "deprecated"];

    /// <summary>What is wrong, each with its place; nothing when the value is valid.</summary>
    public IReadOnlyList<string> Errors(JsonNode schema, JsonElement value) => [.. Find(schema, value, "$")];

    private IEnumerable<string> Find(JsonNode schema, JsonElement value, string path) => api.Resolve(schema)
        .Where(keyword => !_remarks.Contains(keyword.Key))
        .SelectMany(keyword => Apply(api.Resolve(schema), keyword.Key, keyword.Value!, value, path));

    private IEnumerable<string> Apply(JsonObject schema, string keyword, JsonNode rule, JsonElement value, string path) => keyword switch
    {
        "type" => When(!Types(rule).Any(type => HasType(value, type)), $"{path}: {Short(value)} is not of type {rule.ToJsonString()}"),
        "enum" => When(
            value.ValueKind is not JsonValueKind.Null && !rule.AsArray().Any(item => JsonElement.DeepEquals(item.Deserialize<JsonElement>(), value)),
            $"{path}: {Short(value)} is none of {rule.ToJsonString()}"),
        "required" => value.ValueKind is JsonValueKind.Object
            ? rule.AsArray().Select(name => name!.GetValue<string>()).Where(name => !value.TryGetProperty(name, out _)).Select(name => $"{path}.{name}: missing")
            : [],
        "properties" => Members(value).Where(member => rule[member.Name] is not null)
            .SelectMany(member => Find(rule[member.Name]!, member.Value, $"{path}.{member.Name}")),
        "additionalProperties" => Members(value).Where(member => schema["properties"]?[member.Name] is null)
            .SelectMany(member => rule is JsonObject ? Find(rule, member.Value, $"{path}.{member.Name}") : When(!rule.GetValue<bool>(), $"{path}.{member.Name}: unknown")),
        "items" => Elements(value).SelectMany((element, index) => Find(rule, element, $"{path}[{index}]")),
        "minItems" => When(value.ValueKind is JsonValueKind.Array && value.GetArrayLength() < rule.GetValue<int>(), $"{path}: too few elements"),
        "maxItems" => When(value.ValueKind is JsonValueKind.Array && value.GetArrayLength() > rule.GetValue<int>(), $"{path}: too many elements"),
        "minLength" => When(value.ValueKind is JsonValueKind.String && value.GetString()!.Length < rule.GetValue<int>(), $"{path}: too short"),
        "maxLength" => When(value.ValueKind is JsonValueKind.String && value.GetString()!.Length > rule.GetValue<int>(), $"{path}: too long"),
        "minimum" => When(value.ValueKind is JsonValueKind.Number && value.GetDouble() < rule.GetValue<double>(), $"{path}: {Short(value)} is too small"),
        "maximum" => When(value.ValueKind is JsonValueKind.Number && value.GetDouble() > rule.GetValue<double>(), $"{path}: {Short(value)} is too large"),
        "format" => When(!HasFormat(value, rule.GetValue<string>()), $"{path}: {Short(value)} is no {rule}"),
        "oneOf" => OneOf(rule.AsArray(), value, path, single: true),
        "anyOf" => OneOf(rule.AsArray(), value, path, single: false),
        _ => throw new InvalidOperationException($"The check does not know the keyword {keyword}."),
    };

    private IEnumerable<string> OneOf(JsonArray schemas, JsonElement value, string path, bool single)
    {
        var errors = schemas.Select(schema => Find(schema!, value, path).ToArray()).ToArray();
        var valid = errors.Count(found => found.Length == 0);
        if (valid == 0)
            return [$"{path}: {Short(value)} is none of {schemas.Count} kinds ({string.Join(" | ", errors.Select(found => found[0]))})"];
        return When(single && valid > 1, $"{path}: {Short(value)} is {valid} kinds at once");
    }

    private static IEnumerable<string> When(bool isWrong, string message) => isWrong ? [message] : [];

    private static IEnumerable<string> Types(JsonNode rule) => rule is JsonArray types ? types.Select(type => type!.GetValue<string>()) : [rule.GetValue<string>()];

    private static bool HasType(JsonElement value, string type) => type switch
    {
        "null" => value.ValueKind is JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind is JsonValueKind.Number && decimal.TryParse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && decimal.IsInteger(number),
        "number" => value.ValueKind is JsonValueKind.Number,
        "string" => value.ValueKind is JsonValueKind.String,
        "array" => value.ValueKind is JsonValueKind.Array,
        "object" => value.ValueKind is JsonValueKind.Object,
        _ => throw new InvalidOperationException($"The check does not know the type {type}."),
    };

    // Of what has another type the format says nothing.
    private static bool HasFormat(JsonElement value, string format) => (value.ValueKind, format) switch
    {
        (JsonValueKind.Number, "int32") => value.TryGetInt32(out _),
        (JsonValueKind.Number, "int64") => value.TryGetInt64(out _),
        (JsonValueKind.Number, "uint32") => value.TryGetUInt32(out _),
        (JsonValueKind.Number, "uint64") => value.TryGetUInt64(out _),
        (JsonValueKind.String, "date-time") => value.TryGetDateTimeOffset(out _),
        (JsonValueKind.String, "byte") => value.TryGetBytesFromBase64(out _),
        (JsonValueKind.String, "uri") => Uri.TryCreate(value.GetString(), UriKind.RelativeOrAbsolute, out _),
        (_, "int32" or "int64" or "uint32" or "uint64" or "double" or "date-time" or "byte" or "uri") => true,
        _ => throw new InvalidOperationException($"The check does not know the format {format}."),
    };

    private static JsonElement.ObjectEnumerator Members(JsonElement value) => value.ValueKind is JsonValueKind.Object ? value.EnumerateObject() : default;

    private static JsonElement.ArrayEnumerator Elements(JsonElement value) => value.ValueKind is JsonValueKind.Array ? value.EnumerateArray() : default;

    private static string Short(JsonElement value) => value.GetRawText() is { Length: > 80 } text ? text[..80] + "…" : value.GetRawText();
}
