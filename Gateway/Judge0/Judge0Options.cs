using System.ComponentModel.DataAnnotations;

namespace OnlineCompiler.Gateway.Judge0;

/// <summary>How the drop-in for Judge0 behaves. Bound from <c>Gateway:Judge0</c>.</summary>
internal sealed class Judge0Options
{
    public const string Section = "Gateway:Judge0";
    private const string RangeMessage = Section + ":{0} must be from {1} to {2}.";

    /// <summary>
    /// Whether pages of any origin may call, as Judge0 lets them; default: yes. Where not, those of <c>Gateway:Cors</c> may.
    /// </summary>
    public bool AnyOrigin { get; set; } = true;

    /// <summary>Header, and query parameter, that holds one of <see cref="AuthenticationTokens"/>; default <c>X-Auth-Token</c>.</summary>
    [MinLength(1, ErrorMessage = Section + ":AuthenticationHeader must not be empty.")]
    public string AuthenticationHeader { get; set; } = "X-Auth-Token";

    /// <summary>One of these must come with every call; default: none, and nobody needs one.</summary>
    public string[] AuthenticationTokens { get; set; } = [];

    /// <summary>Header, and query parameter, that holds one of <see cref="AuthorizationTokens"/>; default <c>X-Auth-User</c>.</summary>
    [MinLength(1, ErrorMessage = Section + ":AuthorizationHeader must not be empty.")]
    public string AuthorizationHeader { get; set; } = "X-Auth-User";

    /// <summary>One of these must come with what lists or deletes submissions; default: none, and nobody may.</summary>
    public string[] AuthorizationTokens { get; set; } = [];

    /// <summary>Whether nothing may be submitted or deleted at the moment; default: no.</summary>
    public bool Maintenance { get; set; }

    /// <summary>What callers are told then.</summary>
    public string MaintenanceMessage { get; set; } = "Judge0 is currently in maintenance.";

    /// <summary>Whether <c>wait=true</c> is taken; default: yes.</summary>
    public bool EnableWait { get; set; } = true;

    /// <summary>Whether batches are taken; default: yes.</summary>
    public bool EnableBatches { get; set; } = true;

    /// <summary>Whether <c>compiler_options</c> is taken; default: yes.</summary>
    public bool EnableCompilerOptions { get; set; } = true;

    /// <summary>Whether <c>command_line_arguments</c> is taken; default: yes.</summary>
    public bool EnableCommandLineArguments { get; set; } = true;

    /// <summary>Whether <c>additional_files</c> is taken; default: yes.</summary>
    public bool EnableAdditionalFiles { get; set; } = true;

    /// <summary>Whether <c>callback_url</c> is taken; default: yes. <c>Gateway:Callbacks</c> says what may be called.</summary>
    public bool EnableCallbacks { get; set; } = true;

    /// <summary>Times that a callback is tried that is not answered; 1-20, default 3.</summary>
    [Range(1, 20, ErrorMessage = RangeMessage)]
    public int CallbackTries { get; set; } = 3;

    /// <summary>For one of them; 100 ms to 1 min, default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ErrorMessage = RangeMessage)]
    public TimeSpan CallbackTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether those who may delete submissions can; default: no.</summary>
    public bool EnableDelete { get; set; }

    /// <summary>
    /// Whether text is Base64 where a request does not say <c>base64_encoded=false</c>, as after Judge0 1.13; default: no.
    /// </summary>
    public bool Base64ByDefault { get; set; }

    /// <summary>
    /// Submissions that may wait or run, of all callers; 1-10 000, default 1 000. Judge0's 100 are only those that wait.
    /// </summary>
    [Range(1, 10_000, ErrorMessage = RangeMessage)]
    public int MaxQueueSize { get; set; } = 1_000;

    /// <summary>Submissions in one request; 1-1 000, default 20.</summary>
    [Range(1, 1_000, ErrorMessage = RangeMessage)]
    public int MaxBatchSize { get; set; } = 20;

    /// <summary>
    /// How long a submission is kept, from when it was made and again from when it ended; 1 minute to 7 days, default 24 h. No longer
    /// than the ExecutionService's <c>Submissions:TimeToLive</c>, or one that nobody follows may lose its result.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00", ErrorMessage = RangeMessage)]
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Submissions that are listed, the newest; 1-1 000 000, default 100 000. Others can still be asked for by token.</summary>
    [Range(1, 1_000_000, ErrorMessage = RangeMessage)]
    public int MaxListed { get; set; } = 100_000;

    /// <summary>
    /// Milliseconds that compiling may take; 1 000-60 000, default 30 000: Judge0's 20 s are short for some compilers. No more than
    /// the ExecutionService's <c>Limits:CompileWallTimeMs:Maximum</c>.
    /// </summary>
    [Range(1_000, 60_000, ErrorMessage = RangeMessage)]
    public int CompileWallTimeMs { get; set; } = 30_000;
}
