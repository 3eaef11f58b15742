using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Google.Protobuf.WellKnownTypes;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Session.V1;

namespace OnlineCompiler.Gateway.Api.Sessions;

/// <summary>What to share: the members of a session, and for how long.</summary>
internal sealed record SnapshotBody : SessionBody
{
    private const int MinSeconds = 60;
    private const int MaxSeconds = 365 * 24 * 60 * 60;

    [Range(MinSeconds, MaxSeconds), Description("Seconds after which it is forgotten, 1 minute to 365 days. Default: it is kept for good.")]
    public int? TimeToLiveSeconds { get; init; }

    /// <exception cref="ProblemException">Members are missing, null or out of range; names each.</exception>
    public CreateSnapshotRequest ToRequest()
    {
        var content = ToContent();
        if (TimeToLiveSeconds is { } seconds && seconds is < MinSeconds or > MaxSeconds)
            throw ProblemException.ForField("timeToLiveSeconds", $"Expected {MinSeconds}-{MaxSeconds}, or none.");
        return new CreateSnapshotRequest
        {
            Content = content,
            TimeToLive = TimeToLiveSeconds is { } timeToLive ? Duration.FromTimeSpan(TimeSpan.FromSeconds(timeToLive)) : null,
        };
    }
}

internal sealed record SnapshotAnswer
{
    [Description("Short, and made from the content: the same program is the same snapshot.")]
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Language { get; init; }

    public required IReadOnlyList<SessionFileAnswer> Files { get; init; }

    public required string Stdin { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required string EntryPoint { get; init; }

    [Description("When it was made first.")]
    public required DateTime CreatedAt { get; init; }

    [Description("When it will be forgotten; null when it is kept for good.")]
    public required DateTime? ExpiresAt { get; init; }

    public static SnapshotAnswer From(Snapshot snapshot) => new()
    {
        Id = snapshot.Id,
        Title = snapshot.Content.Title,
        Language = snapshot.Content.Language,
        Files = [.. snapshot.Content.Files.Select(file => new SessionFileAnswer(file.Path, file.Content))],
        Stdin = snapshot.Content.Stdin,
        Arguments = snapshot.Content.Arguments,
        EntryPoint = snapshot.Content.EntryPoint,
        CreatedAt = snapshot.CreatedAt.ToDateTime(),
        ExpiresAt = snapshot.ExpiresAt?.ToDateTime(),
    };
}
