using System.Globalization;
using System.Net;
using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Submissions;
using OnlineCompiler.Gateway.Json;

namespace OnlineCompiler.Gateway.Callbacks;

/// <summary>
/// The native API's: a POST as the Standard Webhooks specification has it, signed when the caller gave a secret. Its id is the
/// submission's, the same in each try, so that a receiver can tell a repeat.
/// </summary>
internal sealed class NativeFormat(IOptions<CallbackOptions> options, TimeProvider clock) : ICallbackFormat
{
    public const string FormatName = "native";
    private const int Growth = 3;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(30);

    public string Name => FormatName;

    public TimeSpan Timeout => options.Value.Timeout;

    public Task<HttpRequestMessage?> CreateRequestAsync(Callback callback, Submission submission, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var body = BodyOf(callback, submission, now);
        var request = new HttpRequestMessage(HttpMethod.Post, callback.Url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new(MediaTypeNames.Application.Json, "utf-8") } },
        };
        var timestamp = now.ToUnixTimeSeconds();
        request.Headers.Add(WebhookSignature.IdHeader, submission.Id);
        request.Headers.Add(WebhookSignature.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        if (callback.Secret.Length > 0)
            request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Of(callback.Secret.Span, submission.Id, timestamp, body));
        return Task.FromResult<HttpRequestMessage?>(request);
    }

    public CallbackVerdict Judge(HttpStatusCode status) => status switch
    {
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => CallbackVerdict.Delivered,
        HttpStatusCode.Gone => CallbackVerdict.Refused,
        _ => CallbackVerdict.TryAgain,
    };

    public TimeSpan? DelayAfter(int attempt)
    {
        if (attempt >= options.Value.MaxAttempts)
            return null;
        var delay = options.Value.FirstRetryDelay * Math.Pow(Growth, attempt - 1);
        return delay < LongestDelay ? delay : LongestDelay;
    }

    private byte[] BodyOf(Callback callback, Submission submission, DateTimeOffset now)
    {
        // What the callback itself has come to is no news to its receiver.
        var answer = SubmissionAnswer.From(submission) with { Callback = null };
        var message = new CallbackMessage(
            "submission." + JsonNamingPolicy.CamelCase.ConvertName(answer.State.ToString()), now.UtcDateTime, callback.Context is "" ? null : callback.Context, answer);
        var body = JsonSerializer.SerializeToUtf8Bytes(message, ApiJson.Options);
        return body.Length <= options.Value.MaxBodyBytes
            ? body
            : JsonSerializer.SerializeToUtf8Bytes(message with { ResultOmitted = true, Data = answer with { Execution = null, Judgement = null } }, ApiJson.Options);
    }
}

/// <summary>What a receiver gets.</summary>
/// <param name="Type">submission.finished, submission.cancelled or submission.failed.</param>
/// <param name="Timestamp">When it was sent.</param>
/// <param name="Context">As it was given with the callback.</param>
/// <param name="Data">The submission, as GET answers it.</param>
internal sealed record CallbackMessage(
    string Type,
    DateTime Timestamp,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Context,
    SubmissionAnswer Data)
{
    /// <summary>The result is too large to be sent; it is there to be asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ResultOmitted { get; init; }
}
