using System.ComponentModel;
using System.Text.Json.Serialization;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Executions;

namespace OnlineCompiler.Gateway.Piston.Jobs;

/// <summary>How a stage ended, in Piston's words.</summary>
internal sealed record StageReport
{
    private const string Killed = "SIGKILL";
    private const string NonzeroExit = "RE";
    private const string Signaled = "SG";
    private const string Timeout = "TO";

    // Piston measures memory in thousands of bytes.
    private const long MemoryUnitBytes = 1000;

    [JsonPropertyOrder(1)]
    public required string Stdout { get; init; }

    [JsonPropertyOrder(2)]
    public required string Stderr { get; init; }

    [JsonPropertyOrder(3), Description("Exit code; null when it was killed.")]
    public int? Code { get; init; }

    [JsonPropertyOrder(4), Description("Name of the signal that ended it, or null.")]
    public string? Signal { get; init; }

    [JsonPropertyOrder(5), Description("Both streams in the order of arrival.")]
    public required string Output { get; init; }

    [JsonPropertyOrder(6), Description("Peak bytes of memory, a multiple of 1000.")]
    public long? Memory { get; init; }

    [JsonPropertyOrder(7), Description("Why it did not end well, or null.")]
    public string? Message { get; init; }

    [JsonPropertyOrder(8), Description("RE: exit code, SG: signal, TO: time, OL and EL: too much on stdout or stderr, or null.")]
    public string? Status { get; init; }

    [JsonPropertyOrder(9), JsonPropertyName("cpu_time"), Description("Milliseconds of all its processes.")]
    public double? CpuTime { get; init; }

    [JsonPropertyOrder(10), JsonPropertyName("wall_time"), Description("Milliseconds.")]
    public double? WallTime { get; init; }

    public static StageReport From(StageResult result, StageOutput output)
    {
        var (status, message) = Explain(result);
        return new StageReport
        {
            Stdout = output.Stdout,
            Stderr = output.Stderr,
            Output = output.Both,
            Code = result.HasExitCode ? result.ExitCode : null,
            Signal = SignalOf(result),
            Status = status,
            Message = message,
            Memory = (long)result.MemoryPeakBytes / MemoryUnitBytes * MemoryUnitBytes,
            CpuTime = Math.Round(result.UserCpuTimeMs + result.SystemCpuTimeMs),
            WallTime = Math.Round(result.WallTimeMs),
        };
    }

    /// <summary>Of a program that we stopped, the signal that does it.</summary>
    public static string? SignalOf(StageResult result) => result.Signal is not "" ? result.Signal : result.Outcome switch
    {
        Outcome.WallTimeLimit or Outcome.CpuTimeLimit or Outcome.OutputLimit => Killed,
        Outcome.MemoryLimit or Outcome.Cancelled when !result.HasExitCode => Killed,
        _ => null,
    };

    /// <summary>Piston has no word for memory: such an end is one by a signal, and the message says the rest.</summary>
    public static (string? Status, string? Message) Explain(StageResult result) => result.Outcome switch
    {
        Outcome.Succeeded => (null, null),
        Outcome.Signaled => (Signaled, $"Caught fatal signal {LinuxSignals.NumberOf(result.Signal)}"),
        Outcome.CpuTimeLimit => (Timeout, "Time limit exceeded"),
        Outcome.WallTimeLimit => (Timeout, "Time limit exceeded (wall clock)"),
        Outcome.OutputLimit when result.StdoutTruncated || !result.StderrTruncated => ("OL", "stdout length exceeded"),
        Outcome.OutputLimit => ("EL", "stderr length exceeded"),
        Outcome.NonzeroExit => (NonzeroExit, $"Exited with error status {result.ExitCode}"),
        _ => (result.HasExitCode ? NonzeroExit : Signaled, result.Message),
    };
}
