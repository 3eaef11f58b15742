using System.Buffers.Text;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
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
    public CreateSnapshotRequest ToRequest(string deleteToken)
    {
        var content = ToContent();
        if (TimeToLiveSeconds is { } seconds && seconds is < MinSeconds or > MaxSeconds)
            throw ProblemException.ForField("timeToLiveSeconds", $"Expected {MinSeconds}-{MaxSeconds}, or none.");
        return new CreateSnapshotRequest
        {
            Content = content,
            TimeToLive = TimeToLiveSeconds is { } timeToLive ? Duration.FromTimeSpan(TimeSpan.FromSeconds(timeToLive)) : null,
            DeleteToken = deleteToken,
        };
    }
}

/// <summary>Lets whoever shared a program take that back, without any account.</summary>
internal static class DeleteToken
{
    public const string HeaderName = "X-Delete-Token";
    private const int SecretBytes = 24;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
}

[Description("What was shared, with what only its sharer learns.")]
internal sealed record SharedSnapshotAnswer : SnapshotAnswer
{
    [Description("Takes this sharing back, in the header X-Delete-Token of DELETE. It is told once, and kept by nobody but you.")]
    public required string DeleteToken { get; init; }

    public static SharedSnapshotAnswer From(Snapshot snapshot, string deleteToken)
    {
        var answer = From(snapshot);
        return new()
        {
            Id = answer.Id,
            Title = answer.Title,
            Language = answer.Language,
            Files = answer.Files,
            Stdin = answer.Stdin,
            Arguments = answer.Arguments,
            EntryPoint = answer.EntryPoint,
            CompilerArguments = answer.CompilerArguments,
            LanguageVersion = answer.LanguageVersion,
            CreatedAt = answer.CreatedAt,
            ExpiresAt = answer.ExpiresAt,
            DeleteToken = deleteToken,
        };
    }
}

internal record SnapshotAnswer
{
    [Description("Short, and made from the content: the same program is the same snapshot.")]
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Language { get; init; }

    public required IReadOnlyList<SessionFileAnswer> Files { get; init; }

    public required string Stdin { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required string EntryPoint { get; init; }

    public required IReadOnlyList<string> CompilerArguments { get; init; }

    [Description("Empty for any.")]
    public required string LanguageVersion { get; init; }

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
        CompilerArguments = snapshot.Content.CompilerArguments,
        LanguageVersion = snapshot.Content.LanguageVersion,
        CreatedAt = snapshot.CreatedAt.ToDateTime(),
        ExpiresAt = snapshot.ExpiresAt?.ToDateTime(),
    };
}
