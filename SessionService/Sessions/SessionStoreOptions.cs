using Microsoft.Extensions.Options;

namespace OnlineCompiler.SessionService.Sessions;

/// <summary>Where sessions and snapshots are kept.</summary>
internal enum SessionStoreKind
{
    /// <summary>In the Redis of the connection string <c>redis</c>.</summary>
    Redis,

    /// <summary>In a table of DynamoDB, with credentials as the AWS SDK finds them.</summary>
    DynamoDb,
}

/// <summary>Section <c>Sessions</c>.</summary>
internal sealed class SessionStoreOptions
{
    public const string Section = "Sessions";

    public static readonly TimeSpan MinTimeToLive = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan MaxTimeToLive = TimeSpan.FromDays(365);

    /// <summary>How long a session lives after it was last read or saved; 1 s to 365 days, default 7 days.</summary>
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Which store; default <see cref="SessionStoreKind.Redis"/>.</summary>
    public SessionStoreKind Store { get; set; } = SessionStoreKind.Redis;

    /// <summary>The table, when the store is DynamoDB; default <c>compiler-sessions</c>.</summary>
    public string Table { get; set; } = "compiler-sessions";

    /// <summary>The table's region, e.g. <c>eu-central-1</c>; default: the one that the AWS SDK finds.</summary>
    public string? Region { get; set; }

    /// <summary>Another server that speaks DynamoDB, e.g. <c>http://localhost:8000</c>; default: that of the region.</summary>
    public Uri? DynamoDbEndpoint { get; set; }
}

internal sealed class SessionStoreOptionsValidator : IValidateOptions<SessionStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, SessionStoreOptions options)
    {
        var wrong = Violations(options).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static IEnumerable<string> Violations(SessionStoreOptions options)
    {
        if (options.TimeToLive < SessionStoreOptions.MinTimeToLive || options.TimeToLive > SessionStoreOptions.MaxTimeToLive)
            yield return $"{Key(nameof(options.TimeToLive))} must be from {SessionStoreOptions.MinTimeToLive} to {SessionStoreOptions.MaxTimeToLive}, not {options.TimeToLive}.";
        if (!Enum.IsDefined(options.Store))
            yield return $"{Key(nameof(options.Store))} must be {string.Join(" or ", Enum.GetNames<SessionStoreKind>())}, not {options.Store}.";
        if (options.Store == SessionStoreKind.DynamoDb && options.Table.Length is < 3 or > 255)
            yield return $"{Key(nameof(options.Table))} must be a table's name, 3 to 255 characters, not \"{options.Table}\".";
        if (options.DynamoDbEndpoint is { } endpoint && !(endpoint.IsAbsoluteUri && endpoint.Scheme is "http" or "https"))
            yield return $"{Key(nameof(options.DynamoDbEndpoint))} must be an address such as http://localhost:8000, not \"{endpoint}\".";
    }

    private static string Key(string property) => $"{SessionStoreOptions.Section}:{property}";
}
