using System.Text.Json;
using System.Text.RegularExpressions;

namespace OnlineCompiler.ExecutionService.Languages;

/// <summary>
/// Checks a document by a JSON Schema (draft 2020-12) and says which key is wrong and why. It knows the keywords that the
/// schemas of packs use; a schema with another one is refused, so that no rule is ever left unchecked.
/// </summary>
internal sealed class JsonSchema
{
    private readonly JsonElement _root;

    private JsonSchema(JsonElement root) => _root = root;

    public static JsonSchema Parse(Stream json)
    {
        using var document = JsonDocument.Parse(json);
        return new JsonSchema(document.RootElement.Clone());
    }

    /// <summary>Null when the document is as the schema says; else the first thing wrong, as "key: reason".</summary>
    public string? FindViolation(JsonElement document) => Find(_root, document, "");

    private string? Find(JsonElement schema, JsonElement value, string key)
    {
        if (schema.ValueKind == JsonValueKind.False)
            return Say(key, "does not belong here");
        if (schema.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var keyword in schema.EnumerateObject())
        {
            if (Check(schema, keyword.Name, keyword.Value, value, key) is { } violation)
                return violation;
        }
        return null;
    }

    private string? Check(JsonElement schema, string keyword, JsonElement rule, JsonElement value, string key) => keyword switch
    {
        "$ref" => Find(Resolve(rule.GetString()!), value, key),
        "type" => HasType(value, rule.GetString()!) ? null : Say(key, $"must be {Article(rule.GetString()!)}, not {Describe(value)}"),
        "enum" => rule.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)) ? null : Say(key, $"must be one of {string.Join(", ", rule.EnumerateArray())}, not {Describe(value)}"),
        "const" => JsonElement.DeepEquals(rule, value) ? null : Say(key, $"must be {rule}, not {Describe(value)}"),
        "pattern" or "minLength" => value.ValueKind == JsonValueKind.String ? CheckText(keyword, rule, value.GetString()!, key) : null,
        "minimum" or "maximum" => value.ValueKind == JsonValueKind.Number ? CheckNumber(keyword, rule, value.GetDouble(), key) : null,
        "items" or "minItems" or "maxItems" or "uniqueItems" => value.ValueKind == JsonValueKind.Array ? CheckArray(keyword, rule, value, key) : null,
        "required" or "properties" or "additionalProperties" or "propertyNames" => value.ValueKind == JsonValueKind.Object ? CheckObject(schema, keyword, rule, value, key) : null,
        "allOf" => rule.EnumerateArray().Select(part => Find(part, value, key)).FirstOrDefault(violation => violation is not null),
        "oneOf" => CheckOneOf(rule, value, key),
        "if" => CheckCondition(schema, rule, value, key),
        "then" or "else" or "$schema" or "$defs" or "title" or "description" or "format" => null,
        _ => throw new InvalidOperationException($"The schema uses \"{keyword}\", which is not checked."),
    };

    private static string? CheckText(string keyword, JsonElement rule, string text, string key)
    {
        if (keyword == "minLength")
            return text.Length >= rule.GetInt32() ? null : Say(key, "must not be empty");
        return Regex.IsMatch(text, rule.GetString()!, RegexOptions.NonBacktracking) ? null : Say(key, $"\"{text}\" does not match {rule}");
    }

    private static string? CheckNumber(string keyword, JsonElement rule, double number, string key) =>
        keyword == "minimum"
            ? number >= rule.GetDouble() ? null : Say(key, $"must be at least {rule}, not {number}")
            : number <= rule.GetDouble() ? null : Say(key, $"must be at most {rule}, not {number}");

    private string? CheckArray(string keyword, JsonElement rule, JsonElement array, string key)
    {
        switch (keyword)
        {
            case "minItems" when array.GetArrayLength() < rule.GetInt32():
                return Say(key, rule.GetInt32() == 1 ? "must not be empty" : $"must hold at least {rule}");
            case "maxItems" when array.GetArrayLength() > rule.GetInt32():
                return Say(key, $"must hold at most {rule}");
            case "uniqueItems":
                var twice = array.EnumerateArray().GroupBy(item => item.GetRawText()).FirstOrDefault(group => group.Count() > 1);
                return twice is null ? null : Say(key, $"holds {twice.Key} twice");
            case "items":
                return array.EnumerateArray().Select((item, index) => Find(rule, item, $"{key}[{index}]")).FirstOrDefault(violation => violation is not null);
            default:
                return null;
        }
    }

    private string? CheckObject(JsonElement schema, string keyword, JsonElement rule, JsonElement value, string key)
    {
        switch (keyword)
        {
            case "required":
                var missing = rule.EnumerateArray().FirstOrDefault(name => !value.TryGetProperty(name.GetString()!, out _));
                return missing.ValueKind == JsonValueKind.Undefined ? null : Say(Inside(key, missing.GetString()!), "is missing");
            case "properties":
                return rule.EnumerateObject().Select(property => value.TryGetProperty(property.Name, out var member) ? Find(property.Value, member, Inside(key, property.Name)) : null)
                    .FirstOrDefault(violation => violation is not null);
            case "propertyNames":
                return value.EnumerateObject().Select(member => CheckText("pattern", rule.GetProperty("pattern"), member.Name, Inside(key, member.Name)))
                    .FirstOrDefault(violation => violation is not null);
            default:
                return CheckOthers(schema, rule, value, key);
        }
    }

    /// <summary>Members that the schema does not name.</summary>
    private string? CheckOthers(JsonElement schema, JsonElement rule, JsonElement value, string key)
    {
        var known = schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().Select(property => property.Name).ToList() : [];
        foreach (var member in value.EnumerateObject().Where(member => !known.Contains(member.Name)))
        {
            if (rule.ValueKind == JsonValueKind.False)
                return Say(Inside(key, member.Name), NearMatches.Find(member.Name, known) is [var near, ..] ? $"is unknown; did you mean {near}?" : "is unknown");
            if (Find(rule, member.Value, Inside(key, member.Name)) is { } violation)
                return violation;
        }
        return null;
    }

    private string? CheckOneOf(JsonElement rule, JsonElement value, string key)
    {
        var violations = rule.EnumerateArray().Select(form => Find(form, value, key)).ToList();
        return violations.Count(violation => violation is null) switch
        {
            1 => null,
            0 => violations[0],
            _ => Say(key, "takes several forms at once; it may have one"),
        };
    }

    private string? CheckCondition(JsonElement schema, JsonElement rule, JsonElement value, string key) =>
        schema.TryGetProperty(Find(rule, value, key) is null ? "then" : "else", out var consequence) ? Find(consequence, value, key) : null;

    /// <summary>A reference within the schema, such as <c>#/$defs/command</c>.</summary>
    private JsonElement Resolve(string reference) =>
        reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(_root, (element, name) => element.GetProperty(name));

    private static bool HasType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => throw new InvalidOperationException($"The schema uses the type \"{type}\", which is not checked."),
    };

    private static string Article(string type) => type is "object" or "array" or "integer" ? $"an {type}" : $"a {type}";

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => value.GetRawText(),
    };

    private static string Inside(string key, string name) => key.Length == 0 ? name : $"{key}.{name}";

    private static string Say(string key, string reason) => key.Length == 0 ? reason : $"{key}: {reason}";
}
