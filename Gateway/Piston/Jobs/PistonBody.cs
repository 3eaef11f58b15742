using System.Net.Mime;
using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using OnlineCompiler.Gateway.Api;
using OnlineCompiler.Gateway.Json;
using OnlineCompiler.Gateway.Piston.Errors;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Piston.Jobs;

/// <summary>
/// The JSON of a request, read member by member as a JavaScript program does: Piston's answers depend on the order in which
/// it looks, and on what a value is when it is not what it should be.
/// </summary>
internal sealed class PistonBody(JsonElement root, IReadOnlyDictionary<string, JsonElement>? changes = null)
{
    private const string WrongMediaType = "requests must be of type application/json";

    /// <exception cref="ProblemException">Not JSON by its header, or not by what it is.</exception>
    public static async Task<PistonBody> ReadAsync(HttpContext context)
    {
        // Piston's Node.js client posts its JSON without a header, which its HTTP library then calls text/plain.
        var isText = HasType(context.Request, MediaTypeNames.Text.Plain);
        if (!isText && !IsJson(context.Request))
            throw NotJson();

        var text = await ReadTextAsync(context.Request);
        try
        {
            return Parse(text.Length == 0 ? "{}" : text);
        }
        catch (ProblemException) when (isText)
        {
            throw NotJson();
        }
    }

    /// <exception cref="ProblemException">Not a JSON object or array.</exception>
    public static PistonBody Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement.Clone();
            // Only escapes can hold half a character, and reading one later would fail.
            if (text.Contains("\\ud", StringComparison.OrdinalIgnoreCase) && !WholeCharacters.AreIn(root))
                throw PistonErrors.Invalid("text must not hold half of a UTF-16 surrogate pair");
            return root.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? new PistonBody(root)
                : throw PistonErrors.Unreadable("SyntaxError", "the body must be a JSON object");
        }
        catch (JsonException exception)
        {
            throw PistonErrors.Unreadable("SyntaxError", JsonProblems.Syntax(exception));
        }
    }

    public static bool IsJson(HttpRequest request) => HasType(request, MediaTypeNames.Application.Json);

    public static ProblemException NotJson() => new(ProblemKind.UnsupportedMediaType.Problem(WrongMediaType));

    /// <summary>The member; undefined when there is none.</summary>
    public JsonElement this[string member] => changes is not null && changes.TryGetValue(member, out var changed) ? changed : Member(root, member);

    /// <summary>The same with other values of some members.</summary>
    public PistonBody With(IReadOnlyDictionary<string, JsonElement> changes) => new(root, changes);

    public static JsonElement Member(JsonElement element, string member) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(member, out var value) ? value : default;

    /// <summary>The member when it is text that is not empty.</summary>
    public string? Text(string member) => this[member] is { ValueKind: JsonValueKind.String } value && TextOf(value) is { Length: > 0 } text ? text : null;

    /// <summary>What JavaScript takes for false, and Piston for absent.</summary>
    public static bool IsFalsy(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.String => value.ValueEquals(""),
        JsonValueKind.Number => value.GetDouble() == 0,
        _ => false,
    };

    public static string TextOf(JsonElement value) => value.GetString() ?? "";

    private static bool HasType(HttpRequest request, string mediaType) =>
        (request.ContentType ?? "").Split(';')[0].Trim().Equals(mediaType, StringComparison.OrdinalIgnoreCase);

    private static async Task<string> ReadTextAsync(HttpRequest request)
    {
        var charset = MediaTypeHeaderValue.TryParse(request.ContentType, out var header) ? header.Charset.Value?.Trim('"') : null;
        try
        {
            var encoding = string.IsNullOrEmpty(charset) ? Encoding.UTF8 : Encoding.GetEncoding(charset);
            using var reader = new StreamReader(request.Body, encoding);
            return await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            throw PistonErrors.Unreadable("UnsupportedMediaTypeError", $"unsupported charset \"{charset}\"");
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode is StatusCodes.Status413PayloadTooLarge)
        {
            throw PistonErrors.Unreadable("PayloadTooLargeError", $"request entity too large: at most {BodyRules.MaxBodyBytes} bytes");
        }
    }
}
