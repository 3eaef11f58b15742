using System.Text.Json.Nodes;

namespace OnlineCompiler.Tests.Fuzzing;

/// <summary>Makes values that are valid by their schema.</summary>
/// <param name="api">Where references lead.</param>
/// <param name="samples">Texts that mean something, by the name of their member; others get any text.</param>
internal sealed class ValueMaker(ApiDescription api, IReadOnlyDictionary<string, string[]> samples)
{
    private const int DeepEnough = 6;
    private static readonly string[] _words = ["", "a", "main.py", "0", "Ünï→😀", "two words", "line\n", "{0}", "%s", "-v", "\\", "\""];

    public string Text(string name, Random random)
    {
        var texts = samples.GetValueOrDefault(name) ?? _words;
        return texts[random.Next(texts.Length)];
    }

    public JsonNode? Make(JsonNode schema, Random random, string name = "", int depth = 0)
    {
        var rules = api.Resolve(schema);
        if ((rules["oneOf"] ?? rules["anyOf"]) is JsonArray kinds)
        {
            var values = kinds.Where(kind => (string?)kind!["type"] is not "null").ToArray();
            return values.Length < kinds.Count && random.Next(8) == 0 ? null : Make(values[random.Next(values.Length)]!, random, name, depth);
        }

        if (rules["enum"] is JsonArray choices)
            return choices[random.Next(choices.Count)]?.DeepClone();

        var types = rules["type"] is JsonArray several ? several.Select(type => type!.GetValue<string>()).ToArray() : [rules["type"]!.GetValue<string>()];
        if (types.Contains("null") && random.Next(8) == 0)
            return null;
        return types.First(type => type != "null") switch
        {
            "string" => Shorten(Text(name, random), rules),
            "integer" => Number(rules, random),
            "number" => Number(rules, random) + 0.5,
            "boolean" => random.Next(2) == 0,
            "array" => Elements(rules, random, name, depth),
            _ => Members(rules, random, name, depth),
        };
    }

    private static string Shorten(string text, JsonObject rules) =>
        rules["maxLength"]?.GetValue<int>() is { } longest && text.Length > longest ? text[..longest] : text;

    private static long Number(JsonObject rules, Random random)
    {
        var least = (long)(rules["minimum"]?.GetValue<double>() ?? 0);
        var most = (long)Math.Min(rules["maximum"]?.GetValue<double>() ?? 1_000, long.MaxValue / 2);
        return random.NextInt64(least, most + 1);
    }

    private JsonArray Elements(JsonObject rules, Random random, string name, int depth)
    {
        var least = rules["minItems"]?.GetValue<int>() ?? 0;
        var count = depth > DeepEnough ? least : random.Next(least, least + 3);
        return [.. Enumerable.Range(0, count).Select(_ => Make(rules["items"]!, random, name, depth + 1))];
    }

    private JsonObject Members(JsonObject rules, Random random, string name, int depth)
    {
        var required = (rules["required"]?.AsArray() ?? []).Select(member => member!.GetValue<string>()).ToHashSet();
        var made = new JsonObject();
        foreach (var (member, schema) in rules["properties"]?.AsObject() ?? [])
        {
            if (required.Contains(member) || (depth < DeepEnough && random.Next(3) == 0))
                made[member] = Make(schema!, random, member, depth + 1);
        }

        if (rules["additionalProperties"] is JsonObject values && random.Next(2) == 0)
            made["NAME"] = Make(values, random, name, depth + 1);
        return made;
    }
}
