using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;

namespace OnlineCompiler.Gateway.Callbacks;

/// <summary>Whom callbacks may reach, and how often and how long it is tried. Bound from <c>Gateway:Callbacks</c>.</summary>
internal sealed class CallbackOptions : IValidatableObject
{
    public const string Section = "Gateway:Callbacks";
    private const string RangeMessage = Section + ":{0} must be from {1} to {2}.";
    private static readonly TimeSpan MinDelay = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromHours(1);
    private static readonly TimeSpan MinTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Networks such as <c>10.1.0.0/16</c> that may be called although they are not public. Default: none.</summary>
    public string[] AllowedNetworks { get; set; } = [];

    /// <summary>Ports, such as <c>8443</c>, and ranges of them, such as <c>9000-9999</c>, that may be called beside 80 and 443. Default: none.</summary>
    public string[] AllowedPorts { get; set; } = [];

    /// <summary>Times that a callback is tried; 1-20, default 8: with the other defaults over about an hour.</summary>
    [Range(1, 20, ErrorMessage = RangeMessage)]
    public int MaxAttempts { get; set; } = 8;

    /// <summary>Until the second try; each further wait is three times the one before, up to half an hour. 10 ms to 1 h, default 5 s.</summary>
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>For one try, from the look-up of the host to the headers of the answer; 100 ms to 1 min, default 10 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Callbacks that one Gateway sends at the same time; 1-1 000, default 64.</summary>
    [Range(1, 1_000, ErrorMessage = RangeMessage)]
    public int MaxConcurrent { get; set; } = 64;

    /// <summary>Of these, to one host and port; 1-1 000, default 4.</summary>
    [Range(1, 1_000, ErrorMessage = RangeMessage)]
    public int MaxConcurrentPerHost { get; set; } = 4;

    /// <summary>Bytes of one body; of a larger one the result is left out. 1 024-67 108 864, default 1 MiB.</summary>
    [Range(1_024, 67_108_864, ErrorMessage = RangeMessage)]
    public int MaxBodyBytes { get; set; } = 1024 * 1024;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!AllowedNetworks.All(network => IPNetwork.TryParse(network, out _)))
            yield return new ValidationResult($"{Section}:AllowedNetworks must hold networks such as \"10.1.0.0/16\".");
        if (!AllowedPorts.All(ports => TryParsePorts(ports, out _)))
            yield return new ValidationResult($"{Section}:AllowedPorts must hold ports such as \"8443\" or \"9000-9999\".");
        if (FirstRetryDelay < MinDelay || FirstRetryDelay > MaxDelay)
            yield return new ValidationResult($"{Section}:FirstRetryDelay must be from {MinDelay} to {MaxDelay}.");
        if (Timeout < MinTimeout || Timeout > MaxTimeout)
            yield return new ValidationResult($"{Section}:Timeout must be from {MinTimeout} to {MaxTimeout}.");
    }

    internal static bool TryParsePorts(string text, out (int First, int Last) ports)
    {
        var (first, last) = text.Split('-') switch
        {
            [var one] => (one, one),
            [var low, var high] => (low, high),
            _ => ("", ""),
        };
        ports = (PortOf(first), PortOf(last));
        return ports.First > 0 && ports.Last >= ports.First;
    }

    /// <summary>0 for what is none.</summary>
    private static int PortOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort ? port : 0;
}
