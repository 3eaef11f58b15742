using Microsoft.Extensions.Options;

namespace OnlineCompiler.SessionService.Sessions;

/// <summary>Section <c>Sessions</c>.</summary>
internal sealed class SessionStoreOptions
{
    public const string Section = "Sessions";

    public static readonly TimeSpan MinTimeToLive = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan MaxTimeToLive = TimeSpan.FromDays(365);

    /// <summary>How long a session lives after it was last read or saved; 1 s to 365 days, default 7 days.</summary>
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromDays(7);
}

internal sealed class SessionStoreOptionsValidator : IValidateOptions<SessionStoreOptions>
{
    public ValidateOptionsResult Validate(string? name, SessionStoreOptions options) =>
        options.TimeToLive >= SessionStoreOptions.MinTimeToLive && options.TimeToLive <= SessionStoreOptions.MaxTimeToLive
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{SessionStoreOptions.Section}:{nameof(options.TimeToLive)} must be from {SessionStoreOptions.MinTimeToLive} to {SessionStoreOptions.MaxTimeToLive}, not {options.TimeToLive}.");
}
