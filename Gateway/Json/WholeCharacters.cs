using System.Text.Json;

namespace OnlineCompiler.Gateway.Json;

/// <summary>JSON can escape one half of a UTF-16 surrogate pair: no character, and reading it fails wherever it happens.</summary>
internal static class WholeCharacters
{
    /// <summary>Whether every text and every name in the element can be read.</summary>
    public static bool AreIn(JsonElement root)
    {
        var waiting = new Stack<JsonElement>([root]);
        try
        {
            while (waiting.TryPop(out var value))
            {
                switch (value.ValueKind)
                {
                    case JsonValueKind.String:
                        value.GetString();
                        break;
                    case JsonValueKind.Array:
                        foreach (var element in value.EnumerateArray())
                            waiting.Push(element);
                        break;
                    case JsonValueKind.Object:
                        foreach (var member in value.EnumerateObject())
                        {
                            _ = member.Name;
                            waiting.Push(member.Value);
                        }

                        break;
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
