using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OnlineCompiler.Gateway.Json;

/// <summary>Says in words what a body of some type must hold at a path, for people who sent something else.</summary>
internal static class JsonShape
{
    private static readonly char[] StepSeparators = ['.', '[', ']', '\''];

    /// <summary>What belongs at the path, e.g. "a string"; null when the type has no such member.</summary>
    /// <param name="root">Type of the whole body.</param>
    /// <param name="path">As in <see cref="JsonException.Path"/>, e.g. <c>$.files[0].path</c>.</param>
    public static string? Expected(Type root, string path) =>
        Find(root, Steps(path)) is { } type ? Describe(type) : null;

    /// <summary>Names of the members of the object that holds the path's last step.</summary>
    public static IReadOnlyList<string> Siblings(Type root, string path) =>
        Find(root, Steps(path).SkipLast(1)) is { } parent
            ? [.. ApiJson.Options.GetTypeInfo(parent).Properties.Where(property => property.Set is not null).Select(property => property.Name)]
            : [];

    private static string[] Steps(string path) => path.TrimStart('$').Split(StepSeparators, StringSplitOptions.RemoveEmptyEntries);

    private static Type? Find(Type root, IEnumerable<string> steps)
    {
        var type = root;
        foreach (var step in steps)
        {
            var shape = ApiJson.Options.GetTypeInfo(type);
            var next = shape.Kind is JsonTypeInfoKind.Object
                ? shape.Properties.FirstOrDefault(property => property.Name == step)?.PropertyType
                : shape.ElementType;
            if (next is null)
                return null;
            type = next;
        }

        return type;
    }

    private static string Describe(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return "a string";
        if (type == typeof(TextOrBytes))
            return "a string, or an object {\"base64\": \"…\"} of valid Base64";
        if (type == typeof(uint))
            return $"a whole number from 0 to {uint.MaxValue}";
        if (type == typeof(ulong))
            return $"a whole number from 0 to {ulong.MaxValue}";
        if (type == typeof(int))
            return "a whole number";
        if (type == typeof(double))
            return "a number";
        if (type == typeof(bool))
            return "true or false";
        if (type.IsEnum)
            return $"one of {string.Join(", ", Enum.GetNames(type).Select(name => $"\"{JsonNamingPolicy.CamelCase.ConvertName(name)}\""))}";

        var shape = ApiJson.Options.GetTypeInfo(type);
        return shape.Kind switch
        {
            JsonTypeInfoKind.Enumerable => $"an array, each element {Describe(shape.ElementType!)}",
            JsonTypeInfoKind.Dictionary => $"an object, each value {Describe(shape.ElementType!)}",
            _ => "an object",
        };
    }
}
