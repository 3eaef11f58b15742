using Microsoft.Extensions.Options;

namespace OnlineCompiler.ExecutionService.Executions;

/// <summary>Section <c>Execution</c>: how many programs run and wait.</summary>
internal sealed class ExecutionOptions
{
    public const string Section = "Execution";

    /// <summary>Executions at once. Default: twice the processors, for programs wait too. Range 1-1 024.</summary>
    public int MaxConcurrent { get; set; } = Math.Max(2, Environment.ProcessorCount * 2);

    /// <summary>Of these, for any one caller. Default: three quarters, so that no caller ever holds them all; range 1-MaxConcurrent.</summary>
    public int? MaxConcurrentPerCaller { get; set; }

    /// <summary>
    /// Executions that may wait; further ones are refused. One caller may have as many waiting as there is room left, that
    /// is, fill half of it. Default 256; range 0-100 000.
    /// </summary>
    public int MaxQueued { get; set; } = 256;

    /// <summary>Interactive programs at once; most of them wait for someone to type. Default 512; range 1-16 384.</summary>
    public int MaxInteractive { get; set; } = 512;

    /// <summary>Of these, for any one caller. Default: a quarter; range 1-MaxInteractive.</summary>
    public int? MaxInteractivePerCaller { get; set; }

    /// <summary>
    /// How long what runs may take to end when the service is told to stop; then it is ended. Default 110 s, enough for the longest program
    /// there is on AWS and 10 s less than AWS gives; range 0-1 h.
    /// </summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(110);

    /// <summary>Folder of the language packs, relative to the content root. Default <c>packs</c>.</summary>
    public string PacksDirectory { get; set; } = "packs";

    internal int ConcurrentPerCaller => MaxConcurrentPerCaller ?? Math.Max(1, MaxConcurrent * 3 / 4);

    internal int InteractivePerCaller => MaxInteractivePerCaller ?? Math.Max(1, MaxInteractive / 4);
}

internal sealed class ExecutionOptionsValidator : IValidateOptions<ExecutionOptions>
{
    public ValidateOptionsResult Validate(string? name, ExecutionOptions options)
    {
        var wrong = new List<string>();
        if (options.MaxConcurrent is < 1 or > 1024)
            wrong.Add($"Execution:MaxConcurrent must be from 1 to 1024, not {options.MaxConcurrent}.");
        if (options.MaxConcurrentPerCaller < 1 || options.MaxConcurrentPerCaller > options.MaxConcurrent)
            wrong.Add($"Execution:MaxConcurrentPerCaller must be from 1 to Execution:MaxConcurrent, {options.MaxConcurrent}, not {options.MaxConcurrentPerCaller}.");
        if (options.MaxQueued is < 0 or > 100_000)
            wrong.Add($"Execution:MaxQueued must be from 0 to 100000, not {options.MaxQueued}.");
        if (options.MaxInteractive is < 1 or > 16_384)
            wrong.Add($"Execution:MaxInteractive must be from 1 to 16384, not {options.MaxInteractive}.");
        if (options.MaxInteractivePerCaller < 1 || options.MaxInteractivePerCaller > options.MaxInteractive)
            wrong.Add($"Execution:MaxInteractivePerCaller must be from 1 to Execution:MaxInteractive, {options.MaxInteractive}, not {options.MaxInteractivePerCaller}.");
        if (options.DrainTimeout < TimeSpan.Zero || options.DrainTimeout > TimeSpan.FromHours(1))
            wrong.Add($"Execution:DrainTimeout must be from 00:00:00 to 01:00:00, not {options.DrainTimeout}.");
        if (string.IsNullOrWhiteSpace(options.PacksDirectory))
            wrong.Add("Execution:PacksDirectory must name a folder.");
        return wrong.Count > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }
}
