using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using OnlineCompiler.Gateway.Json;

namespace OnlineCompiler.Gateway.Judge0.Wire;

/// <summary>
/// Parameters of a request, which may come in the query, as JSON, as a form or in several parts alike. Unknown ones are nobody's
/// business, and values are taken for what they say.
/// </summary>
internal sealed class JudgeParameters
{
    private readonly Func<string, StringValues> _texts;
    private readonly JsonElement _json;

    private JudgeParameters(Func<string, StringValues> texts, JsonElement json) => (_texts, _json) = (texts, json);

    /// <exception cref="JudgeRefusal">The body is no JSON though it says so, no form, or too large.</exception>
    public static async Task<JudgeParameters> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.HasFormContentType)
        {
            var form = await ReadFormAsync(request);
            return new JudgeParameters(name => request.Query.TryGetValue(name, out var value) ? value : form[name], default);
        }

        return new JudgeParameters(name => request.Query[name], request.HasJsonContentType() ? await ReadJsonAsync(request) : default);
    }

    /// <summary>Of one of a batch.</summary>
    public static JudgeParameters Of(JsonElement element) => new(_ => StringValues.Empty, element);

    /// <summary>Undefined when there is none.</summary>
    public JsonElement Json(string name) => _json.ValueKind is JsonValueKind.Object && _json.TryGetProperty(name, out var value) ? value : default;

    /// <summary>Null for null, for what is an object or an array, and for what is not there.</summary>
    public string? this[string name] => _texts(name) is { Count: > 0 } texts ? texts[^1] : TextOf(Json(name));

    /// <summary>Only the text itself counts.</summary>
    public bool Is(string name, string text) => this[name] == text && Json(name).ValueKind is JsonValueKind.Undefined or JsonValueKind.String;

    /// <summary>As an integer is read: the number that the text begins with, else 0. Null when there is nothing.</summary>
    public int? Integer(string name) => string.IsNullOrEmpty(this[name]) ? null : LeadingInteger(this[name]!);

    /// <summary>Null when there is nothing.</summary>
    public bool? Flag(string name) => this[name] switch
    {
        null or "" => null,
        "0" or "f" or "F" or "false" or "FALSE" or "False" or "off" or "OFF" => false,
        _ => true,
    };

    private static int LeadingInteger(string text)
    {
        var digits = text.TrimStart();
        var length = (digits is ['-' or '+', ..] ? 1 : 0);
        while (length < digits.Length && char.IsAsciiDigit(digits[length]))
            length++;
        return int.TryParse(digits.AsSpan(0, length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : 0;
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    private static async Task<JsonElement> ReadJsonAsync(HttpRequest request)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            // What is read later must be readable; Ruby's parser takes no halves either.
            return WholeCharacters.AreIn(document.RootElement) ? document.RootElement.Clone() : throw JudgeRefusal.Bare(StatusCodes.Status400BadRequest);
        }
        catch (JsonException) when (request.ContentLength is 0)
        {
            return default;
        }
        catch (JsonException)
        {
            throw JudgeRefusal.Bare(StatusCodes.Status400BadRequest);
        }
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request)
    {
        try
        {
            return await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        catch (InvalidDataException)
        {
            throw JudgeRefusal.Bare(StatusCodes.Status400BadRequest);
        }
    }
}
