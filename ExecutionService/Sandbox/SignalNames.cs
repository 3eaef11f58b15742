namespace OnlineCompiler.ExecutionService.Sandbox;

/// <summary>Names of Linux's signals on x86-64 and arm64; see signal(7).</summary>
internal static class SignalNames
{
    private const int FileSizeExceeded = 25;

    private static readonly string[] _names =
    [
        "", "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1", "SIGSEGV",
        "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU",
        "SIGURG", "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS",
    ];

    public static string Of(int signal) => signal > 0 && signal < _names.Length ? _names[signal] : $"SIG{signal}";

    /// <summary>What a person should know about the end by this signal; null when the name says enough.</summary>
    public static string? Explain(int signal, SandboxLimits limits) => signal switch
    {
        FileSizeExceeded => $"A file grew over the limit of {LimitMessages.Bytes(limits.FileSizeBytes)}.",
        11 => "The program accessed memory that is not its own (segmentation fault), or its stack grew over "
            + $"{LimitMessages.Bytes(limits.StackBytes)}.",
        8 => "Arithmetic went wrong, such as an integer division by zero.",
        6 => "The program gave up by itself (abort).",
        _ => null,
    };
}
