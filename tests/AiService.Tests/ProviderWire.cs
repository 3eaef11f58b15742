using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OnlineCompiler.AiService.Tests;

/// <summary>The two providers' streams of server-sent events, byte for byte.</summary>
internal static class ProviderWire
{
    public const string OpenAiPath = "/v1/chat/completions";
    public const string AnthropicPath = "/v1/messages";
    public const string ModelName = "model-of-the-provider-2026";
    public const int InputTokens = 321;
    public const int OutputTokens = 45;

    /// <summary>Writes a whole answer, torn into chunks of <paramref name="chunkBytes"/>.</summary>
    public static Task WriteAsync(HttpContext context, IEnumerable<string> pieces, bool isCut = false, int chunkBytes = int.MaxValue)
    {
        var events = IsOpenAi(context) ? OpenAiEvents(pieces, isCut) : AnthropicEvents(pieces, isCut);
        return WriteRawAsync(context, Encoding.UTF8.GetBytes(string.Concat(events)), chunkBytes);
    }

    /// <summary>Writes the beginning of an answer and leaves it open.</summary>
    public static Task WriteBeginningAsync(HttpContext context, string piece)
    {
        string[] pieces = [piece];
        var events = IsOpenAi(context) ? OpenAiEvents(pieces, isCut: false).Take(2) : AnthropicEvents(pieces, isCut: false).Take(3);
        return WriteRawAsync(context, Encoding.UTF8.GetBytes(string.Concat(events)), int.MaxValue);
    }

    /// <summary>Refuses with a status, and with a body that repeats what nobody may see.</summary>
    public static async Task RefuseAsync(HttpContext context, int status, string? retryAfter = null)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        await context.Response.WriteAsync(
            JsonSerializer.Serialize(new { type = "error", error = new { type = "some_error", message = $"Refused: {Secrets.ApiKey} {Secrets.Code}" } }));
    }

    private static bool IsOpenAi(HttpContext context) => context.Request.Path == OpenAiPath;

    private static async Task WriteRawAsync(HttpContext context, byte[] bytes, int chunkBytes)
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var chunk in bytes.Chunk(chunkBytes))
        {
            await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private static IEnumerable<string> OpenAiEvents(IEnumerable<string> pieces, bool isCut)
    {
        yield return OpenAiChunk(new { role = "assistant", content = "" }, null);
        foreach (var piece in pieces)
            yield return OpenAiChunk(new { content = piece }, null);
        yield return OpenAiChunk(new { }, isCut ? "length" : "stop");
        yield return "data: " + JsonSerializer.Serialize(new
        {
            id = "chatcmpl-1", @object = "chat.completion.chunk", created = 1_700_000_000, model = ModelName,
            choices = Array.Empty<object>(),
            usage = new { prompt_tokens = InputTokens, completion_tokens = OutputTokens, total_tokens = InputTokens + OutputTokens },
        }) + "\n\n";
        yield return "data: [DONE]\n\n";
    }

    private static string OpenAiChunk(object delta, string? finishReason) =>
        "data: " + JsonSerializer.Serialize(new
        {
            id = "chatcmpl-1", @object = "chat.completion.chunk", created = 1_700_000_000, model = ModelName,
            choices = new[] { new { index = 0, delta, finish_reason = finishReason } },
        }) + "\n\n";

    private static IEnumerable<string> AnthropicEvents(IEnumerable<string> pieces, bool isCut)
    {
        yield return AnthropicEvent("message_start", new
        {
            type = "message_start",
            message = new
            {
                id = "msg_1", type = "message", role = "assistant", model = ModelName, content = Array.Empty<object>(),
                stop_reason = (string?)null, stop_sequence = (string?)null, usage = new { input_tokens = InputTokens, output_tokens = 1 },
            },
        });
        yield return AnthropicEvent("content_block_start", new { type = "content_block_start", index = 0, content_block = new { type = "text", text = "" } });
        foreach (var piece in pieces)
            yield return AnthropicEvent("content_block_delta", new { type = "content_block_delta", index = 0, delta = new { type = "text_delta", text = piece } });
        yield return AnthropicEvent("ping", new { type = "ping" });
        yield return AnthropicEvent("content_block_stop", new { type = "content_block_stop", index = 0 });
        yield return AnthropicEvent("message_delta", new
        {
            type = "message_delta",
            delta = new { stop_reason = isCut ? "max_tokens" : "end_turn", stop_sequence = (string?)null },
            usage = new { output_tokens = OutputTokens },
        });
        yield return AnthropicEvent("message_stop", new { type = "message_stop" });
    }

    private static string AnthropicEvent(string name, object data) => $"event: {name}\ndata: {JsonSerializer.Serialize(data)}\n\n";
}
