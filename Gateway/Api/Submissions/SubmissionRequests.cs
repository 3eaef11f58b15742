using Google.Protobuf;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Api.Judgements;
using OnlineCompiler.Gateway.Callbacks;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Api.Submissions;

/// <summary>Turns bodies into requests; the parts are checked as they are where they run at once.</summary>
internal static class SubmissionRequests
{
    /// <exception cref="ProblemException">Members are missing, null or one too many; names each.</exception>
    public static SubmitRequest ToRequest(this SubmissionBody? body, string caller, CallbackTargets targets)
    {
        if (body is null or { Execution: null, Judgement: null })
            throw ProblemException.ForField("execution", "Required, or a judgement.");
        if (body is { Execution: not null, Judgement: not null })
            throw ProblemException.ForField("judgement", "Only one of execution and judgement can be submitted.");

        var request = body.Execution is { } execution
            ? new SubmitRequest { Caller = caller, Execution = execution.ToRequest(caller, "execution.") }
            : new SubmitRequest { Caller = caller, Judgement = body.Judgement!.ToRequest(caller, "judgement.") };
        if (body.Callback is { } callback)
            request.Callback = callback.ToCallback(targets, new FieldErrors("callback."));
        return request;
    }

    private static Callback ToCallback(this CallbackBody body, CallbackTargets targets, FieldErrors errors)
    {
        errors.Require(body.Url, "url");
        if (body.Url is { Length: > 0 } url && targets.Refusal(url) is { } refusal)
            errors.Add("url", refusal);
        byte[] secret = [];
        if (body.Secret is { } text && !WebhookSignature.TryParseSecret(text, out secret))
            errors.Add("secret", $"Expected {WebhookSignature.SecretPrefix} and {WebhookSignature.MinSecretBytes}-{WebhookSignature.MaxSecretBytes} bytes as Base64.");
        errors.ThrowIfAny();
        return new Callback { Url = body.Url, Context = body.Context ?? "", Secret = ByteString.CopyFrom(secret) };
    }

    /// <summary>How many programs it runs.</summary>
    public static int Runs(this SubmitRequest request) => request.Judgement?.Runs() ?? 1;
}
