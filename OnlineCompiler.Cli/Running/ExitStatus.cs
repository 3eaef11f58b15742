using System.Globalization;
using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Running;

/// <summary>What oc exits with: the program's own status, or one of these, as other tools that run programs use them.</summary>
internal static class ExitStatus
{
    /// <summary>A limit ended the program; as timeout(1) says it.</summary>
    public const int LimitReached = 124;

    /// <summary>No program ran, for oc itself failed.</summary>
    public const int OwnFailure = 125;

    public const int HungUp = SignalBase + 1;
    public const int Interrupted = SignalBase + 2;
    public const int BrokenPipe = SignalBase + 13;
    public const int Terminated = SignalBase + 15;

    /// <summary>What a shell adds to the number of the signal that ended a program.</summary>
    private const int SignalBase = 128;

    /// <summary>Linux's names by number, from 1; they are the same on every processor that programs run on.</summary>
    private static readonly string[] SignalNames =
    [
        "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1", "SIGSEGV",
        "SIGUSR2", "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU",
        "SIGURG", "SIGXCPU", "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS",
    ];

    public static int Of(StageResult stage) => stage.Outcome switch
    {
        Outcome.Succeeded or Outcome.NonzeroExit => stage.ExitCode ?? OwnFailure,
        Outcome.Signaled => SignalBase + NumberOf(stage.Signal ?? ""),
        _ => LimitReached,
    };

    // Real-time signals have no names; the service numbers them, as in SIG34.
    private static int NumberOf(string signal) =>
        int.TryParse(signal.AsSpan(Math.Min(3, signal.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Array.IndexOf(SignalNames, signal) + 1;
}
