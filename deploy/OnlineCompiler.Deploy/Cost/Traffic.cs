namespace OnlineCompiler.Deploy.Cost;

/// <summary>A month of use. Assumptions, each to be replaced by what one's own dashboard says.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Runs">Programs run.</param>
/// <param name="Pages">Times that the page is opened.</param>
/// <param name="Users">People signed in.</param>
internal sealed record Traffic(string Name, long Runs, long Pages, long Users)
{
    public const decimal HoursAMonth = 730;

    /// <summary>The busiest hour has so many times the runs of an average one.</summary>
    public const decimal Peak = 4;

    /// <summary>How long a program holds a place.</summary>
    public const decimal SecondsARun = 1.5m;

    /// <summary>Stages of a run, some of which compile first.</summary>
    public const decimal StagesARun = 1.4m;

    /// <summary>Requests to the Gateway for each run: the run, saves while one types, lists, what the page asks at its start.</summary>
    public const decimal RequestsARun = 4;

    public const decimal SavesARun = 1.5m;
    public const decimal ReadsARun = 0.5m;

    /// <summary>Of an answer with what comes with it.</summary>
    public const decimal KilobytesARequest = 8;

    /// <summary>Of one page with its scripts, when nothing is cached.</summary>
    public const decimal KilobytesAPage = 600;

    /// <summary>Written about a request, by all services together.</summary>
    public const decimal LogKilobytesARequest = 1.2m;

    /// <summary>Of a saved program, compressed, with its index.</summary>
    public const decimal KilobytesASession = 2;

    /// <summary>Asked of a chat model, by way of the NAT gateway, for every tenth run.</summary>
    public const decimal AiKilobytesARun = 2;

    /// <summary>A single-use task is paid for from its image's coming to its end, at least a minute.</summary>
    public const decimal SecondsASingleUseTask = 60;

    /// <summary>Requests a second that one virtual processor of a Gateway serves with room to spare.</summary>
    public const decimal RequestsASecondAProcessor = 100;

    public static IReadOnlyList<Traffic> All { get; } =
    [
        new("low", 30_000, 10_000, 500),
        new("medium", 600_000, 150_000, 5_000),
        new("10 x medium", 6_000_000, 1_500_000, 50_000),
    ];

    public decimal Requests => Runs * RequestsARun;

    public decimal PeakRunsASecond => Runs / HoursAMonth / 3600 * Peak;

    public decimal PeakRequestsASecond => Requests / HoursAMonth / 3600 * Peak;

    public decimal LogGb => Requests * LogKilobytesARequest / 1_000_000;

    public decimal GbOut => ((Requests * KilobytesARequest) + (Pages * KilobytesAPage)) / 1_000_000;

    /// <summary>A week's saved programs, and snapshots that stay.</summary>
    public decimal SessionGb => Runs * KilobytesASession / 1_000_000;
}
