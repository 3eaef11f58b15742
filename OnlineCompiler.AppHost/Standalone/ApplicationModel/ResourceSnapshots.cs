using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is known of a resource at one moment.</summary>
public sealed record CustomResourceSnapshot
{
    public required string ResourceType { get; init; }

    public ResourceStateSnapshot? State { get; init; }

    /// <summary>How its last process ended; null while one runs.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Null until the first check has answered.</summary>
    public HealthStatus? HealthStatus { get; init; }

    public DateTime? StartTimeStamp { get; init; }

    public ImmutableArray<ResourcePropertySnapshot> Properties { get; init; } = [];

    /// <summary>How often it was started again after it had ended by itself.</summary>
    internal int Restarts { get; init; }

    /// <summary>What is wrong, or awaited, in words.</summary>
    internal string? Detail { get; init; }
}

/// <summary>A state in words, one of <see cref="KnownResourceStates"/>.</summary>
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    public static implicit operator ResourceStateSnapshot?(string? text) => FromString(text);

    public static ResourceStateSnapshot? FromString(string? text) => text is null ? null : new(text, null);
}

/// <summary>A further fact, such as <c>executable.pid</c>.</summary>
public sealed record ResourcePropertySnapshot(string Name, object? Value);

/// <summary>A resource and what has become of it.</summary>
public sealed class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    public IResource Resource => resource;

    public string ResourceId => resourceId;

    public CustomResourceSnapshot Snapshot => snapshot;
}

/// <summary>The states that a resource passes through.</summary>
public static class KnownResourceStates
{
    public static readonly string NotStarted = "NotStarted";
    public static readonly string Waiting = "Waiting";
    public static readonly string Starting = "Starting";
    public static readonly string Running = "Running";
    public static readonly string Stopping = "Stopping";
    public static readonly string Exited = "Exited";
    public static readonly string Finished = "Finished";
    public static readonly string FailedToStart = "FailedToStart";
}
