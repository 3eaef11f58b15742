namespace OnlineCompiler.ExecutionService.Submissions;

/// <summary>Redis does not answer, or not now.</summary>
internal sealed class SubmissionsUnavailableException(Exception inner) : Exception("Submissions cannot be reached at the moment; programs can be run without them.", inner);

/// <summary>As many are waiting as may.</summary>
internal sealed class TooManySubmissionsException(string message, TimeSpan retryDelay) : Exception(message)
{
    public TimeSpan RetryDelay { get; } = retryDelay;
}

/// <summary>The key was used for something else.</summary>
internal sealed class IdempotencyConflictException() : Exception("This idempotency key came with another request before.");

/// <summary>A submission's request cannot be run as it is, whoever tries; the message says why.</summary>
internal sealed class UnrunnableSubmissionException(string message, Exception inner) : Exception(message, inner);
