using System.Net.Mime;
using System.Text.Json;
using System.Text.Unicode;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using OnlineCompiler.Gateway.Json;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Mcp;

/// <summary>
/// Refuses what is no message of JSON-RPC in words of ours, and hands on the rest as the protocol's library writes it itself: of
/// anything else the library would tell names of its types, or fail.
/// </summary>
internal static class MessageCheck
{
    private const int ParseError = -32700;
    private const int InvalidRequest = -32600;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static void UseMessageCheck(this WebApplication app) => app.UseWhen(
        context => HttpMethods.IsPost(context.Request.Method) && context.Request.HasJsonContentType()
            && context.Request.Path.Equals(McpExtensions.Path, StringComparison.OrdinalIgnoreCase),
        agents => agents.Use(CheckAsync));

    private static async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        // In memory: programs of users are nothing for our disks.
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        byte[] message;
        try
        {
            message = Rewrite(body.GetBuffer().AsMemory(0, (int)body.Length));
        }
        catch (JsonException exception)
        {
            await RefuseAsync(context, ParseError, "Not valid JSON: " + JsonProblems.Syntax(exception));
            return;
        }
        catch (FormatException exception)
        {
            await RefuseAsync(context, InvalidRequest, exception.Message);
            return;
        }

        using var rewritten = new MemoryStream(message);
        context.Request.Body = rewritten;
        context.Request.ContentLength = message.Length;
        // JSON is UTF-8, whatever charset was said to it.
        context.Request.ContentType = MediaTypeNames.Application.Json;
        await next(context);
    }

    /// <exception cref="JsonException">Not JSON.</exception>
    /// <exception cref="FormatException">Not a message.</exception>
    private static byte[] Rewrite(ReadOnlyMemory<byte> body)
    {
        using var document = Parse(body);
        if (!Utf8.IsValid(body.Span) || !WholeCharacters.AreIn(document.RootElement))
            throw NoText();
        try
        {
            return document.Deserialize<JsonRpcMessage>(McpJsonUtilities.DefaultOptions) is { } message
                ? JsonSerializer.SerializeToUtf8Bytes(message, McpJsonUtilities.DefaultOptions)
                : throw NoMessage();
        }
        catch (JsonException)
        {
            throw NoMessage();
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, Strict);
        }
        catch (InvalidOperationException)
        {
            // It compares names, and a half of a character has none.
            throw NoText();
        }
    }

    private static FormatException NoText() => new("Text must be valid UTF-8, without half of a UTF-16 surrogate pair.");

    private static FormatException NoMessage() => new("The body must be one message of JSON-RPC 2.0: an object with jsonrpc \"2.0\", and a method, a result or an error.");

    // Of what cannot be read the id is not known.
    private static Task RefuseAsync(HttpContext context, int code, string message) => TypedResults.Json(
        new { jsonrpc = "2.0", id = (string?)null, error = new { code, message } }, statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
}
