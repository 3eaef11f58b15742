using System.Globalization;

namespace OnlineCompiler.Gateway.Api.Executions;

/// <summary>Names of signals on x86-64 and arm64; see signal(7).</summary>
internal static class LinuxSignals
{
    private const int LowestRealTime = 34;
    private const int HighestRealTime = 64;

    private static readonly string[] Names =
    [
        "", "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1", "SIGSEGV",
        "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU",
        "SIGURG", "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS",
    ];

    /// <summary>0 when there is no such signal.</summary>
    public static int NumberOf(string name)
    {
        var number = Math.Max(0, Array.IndexOf(Names, name));
        if (number == 0 && name.StartsWith("SIGRTMIN", StringComparison.Ordinal))
            number = LowestRealTime + Offset(name["SIGRTMIN".Length..], '+');
        else if (number == 0 && name.StartsWith("SIGRTMAX", StringComparison.Ordinal))
            number = HighestRealTime - Offset(name["SIGRTMAX".Length..], '-');
        else if (number == 0 && name.StartsWith("SIG", StringComparison.Ordinal) && int.TryParse(name["SIG".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var unnamed))
            // What the service calls those without a name.
            number = unnamed;
        return number is > 0 and <= HighestRealTime ? number : 0;
    }

    // So far off when it is not a number that no signal is there.
    private static int Offset(string text, char sign) =>
        text.Length == 0 ? 0
        : text[0] == sign && int.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var offset) && offset <= HighestRealTime - LowestRealTime ? offset
        : 2 * HighestRealTime;
}
