using System.Net;
using System.Net.Mime;
using Microsoft.Extensions.Options;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Callbacks;
using OnlineCompiler.Gateway.Judge0.Submissions;

namespace OnlineCompiler.Gateway.Judge0.Running;

/// <summary>
/// Tells the end of a submission as Judge0 does: by PUT, with the usual fields, always Base64, and unsigned. Any answer will do; one that
/// does not come is asked for a few times.
/// </summary>
internal sealed class JudgeCallbackFormat(JudgeRuns runs, IOptions<Judge0Options> options) : ICallbackFormat
{
    public const string FormatName = "judge0";

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    public string Name => FormatName;

    public TimeSpan Timeout => options.Value.CallbackTimeout;

    public async Task<HttpRequestMessage?> CreateRequestAsync(Callback callback, Submission submission, CancellationToken cancellationToken)
    {
        // After a run that is not the last there is no outcome yet; after deleting, nothing.
        if (await runs.FindAsItIsAsync(callback.Context, cancellationToken) is not { Outcome: not null } ended)
            return null;
        var body = SubmissionFields.Default.TryWrite(ended, isBase64: true)!.Value;
        return new HttpRequestMessage(HttpMethod.Put, callback.Url)
        {
            Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new(MediaTypeNames.Application.Json) } },
        };
    }

    public CallbackVerdict Judge(HttpStatusCode status) => CallbackVerdict.Delivered;

    public TimeSpan? DelayAfter(int attempt) => attempt < options.Value.CallbackTries ? RetryDelay : null;
}
