using System.Net;
using Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Callbacks;

/// <summary>What an answer to a callback means.</summary>
internal enum CallbackVerdict
{
    /// <summary>It has arrived.</summary>
    Delivered,

    /// <summary>It is not wanted, now or later.</summary>
    Refused,

    /// <summary>It may be taken later.</summary>
    TryAgain,
}

/// <summary>A way to tell that a submission has ended, named by <c>Callback.format</c>. Registered as a singleton; asked from any thread.</summary>
internal interface ICallbackFormat
{
    /// <summary>As in <c>Callback.format</c>: 1-32 lower-case letters and digits.</summary>
    string Name { get; }

    /// <summary>For one try, from the look-up of the host to the headers of the answer; at most 1 min.</summary>
    TimeSpan Timeout { get; }

    /// <summary>Made anew for each try. Its URL is <c>callback.Url</c>, which was checked.</summary>
    /// <param name="callback">As it was asked for.</param>
    /// <param name="submission">In its final state, with its result.</param>
    /// <param name="cancellationToken">Of the try.</param>
    /// <returns>Null when there is nothing to tell: the callback is over then.</returns>
    /// <exception cref="RpcException">What it needs is not there at the moment; the try does not count.</exception>
    /// <exception cref="ProblemException">The same.</exception>
    Task<HttpRequestMessage?> CreateRequestAsync(Callback callback, Submission submission, CancellationToken cancellationToken);

    /// <summary>Redirections come here, too: they are not followed.</summary>
    CallbackVerdict Judge(HttpStatusCode status);

    /// <summary>How long to wait after a try that failed; null when it was the last one.</summary>
    /// <param name="attempt">Which one it was, from 1.</param>
    TimeSpan? DelayAfter(int attempt);
}
