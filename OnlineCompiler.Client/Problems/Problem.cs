namespace OnlineCompiler.Client;

/// <summary>Why the service refused or failed: problem details as RFC 9457 defines them.</summary>
public sealed record Problem
{
    /// <summary>Stable URI of the sort of problem, e.g. "https://onlinecompiler.dev/problems/invalid-request"; empty when the server did not say.</summary>
    public string Type { get; init; } = "";

    /// <summary>HTTP status, 400-599.</summary>
    public int Status { get; init; }

    /// <summary>For people: the sort of problem.</summary>
    public string Title { get; init; } = "";

    /// <summary>For people: this occurrence; null when there is nothing to add.</summary>
    public string? Detail { get; init; }

    /// <summary>What is wrong with each field, named as in the JSON of the request, e.g. "files[0].path"; empty when no field is.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Errors { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>How long to wait before asking again, at least a second; null when waiting would not help.</summary>
    public TimeSpan? RetryDelay { get; init; }

    /// <summary>Names the call in the service's traces; null when the server did not say.</summary>
    public string? TraceId { get; init; }

    /// <summary>The last part of <see cref="Type"/>, e.g. "language-not-installed".</summary>
    public string Name => Type[(Type.LastIndexOf('/') + 1)..];
}

/// <summary>Problem details as they travel.</summary>
internal sealed record ProblemBody
{
    /// <summary>What interactive runs put before the names of a request's fields.</summary>
    private const string FramePrefix = "execution.";

    public string? Type { get; init; }

    public int? Status { get; init; }

    public string? Title { get; init; }

    public string? Detail { get; init; }

    public Dictionary<string, IReadOnlyList<string>>? Errors { get; init; }

    public int? RetryAfterSeconds { get; init; }

    public string? TraceId { get; init; }

    public Problem ToProblem() => new()
    {
        Type = Type ?? "",
        Status = Status ?? 0,
        Title = Title ?? "The request could not be answered.",
        Detail = Detail,
        Errors = (Errors ?? []).ToDictionary(error => FieldOf(error.Key), error => error.Value),
        RetryDelay = RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        TraceId = TraceId,
    };

    private static string FieldOf(string path) => path.StartsWith(FramePrefix, StringComparison.Ordinal) ? path[FramePrefix.Length..] : path;
}

/// <summary>The frame that tells a problem.</summary>
internal sealed record ErrorBody(ProblemBody Problem);
