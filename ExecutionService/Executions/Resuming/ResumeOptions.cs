using Microsoft.Extensions.Options;

namespace OnlineCompiler.ExecutionService.Executions.Resuming;

/// <summary>Section <c>Execution:Resume</c>: what is kept of interactive runs whose caller is away.</summary>
internal sealed class ResumeOptions
{
    public const string Section = "Execution:Resume";

    /// <summary>How long a run, or its result, waits for its caller. Default 30 s; range 0-10 min; 0 keeps none.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes kept of what one run has said, the newest of it. Default 1 MiB; range 64 KiB-16 MiB.</summary>
    public int ReplayBytes { get; set; } = 1024 * 1024;

    /// <summary>Bytes kept of all runs that have ended; where there is no room, those that ended first are forgotten first. Default 64 MiB; range 0-4 GiB.</summary>
    public long MaxEndedBytes { get; set; } = 64L * 1024 * 1024;
}

internal sealed class ResumeOptionsValidator : IValidateOptions<ResumeOptions>
{
    private const int LeastReplayBytes = 64 * 1024;
    private const int MostReplayBytes = 16 * 1024 * 1024;
    private const long MostEndedBytes = 4L * 1024 * 1024 * 1024;
    private static readonly TimeSpan _longestGrace = TimeSpan.FromMinutes(10);

    public ValidateOptionsResult Validate(string? name, ResumeOptions options)
    {
        var wrong = new List<string>();
        if (options.Grace < TimeSpan.Zero || options.Grace > _longestGrace)
            wrong.Add($"{ResumeOptions.Section}:Grace must be from 00:00:00 to {_longestGrace}, not {options.Grace}.");
        if (options.ReplayBytes is < LeastReplayBytes or > MostReplayBytes)
            wrong.Add($"{ResumeOptions.Section}:ReplayBytes must be from {LeastReplayBytes} to {MostReplayBytes}, not {options.ReplayBytes}.");
        if (options.MaxEndedBytes is < 0 or > MostEndedBytes)
            wrong.Add($"{ResumeOptions.Section}:MaxEndedBytes must be from 0 to {MostEndedBytes}, not {options.MaxEndedBytes}.");
        return wrong.Count > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }
}
