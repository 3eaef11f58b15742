using System.Globalization;
using System.Text.Json;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Piston.Errors;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Piston.Jobs;

/// <summary>The six limits of a job, checked in Piston's order and words.</summary>
internal sealed class JobLimits(PistonBody body, PistonOptions options)
{
    private const int DefaultCompileMs = 10_000;
    private const int DefaultRunMs = 3_000;
    private const int Unlimited = -1;

    // What the service can hold a program to at the least.
    private const long LeastMemoryBytes = 4 * 1024 * 1024;
    private const long LeastCompileMemoryBytes = 16 * 1024 * 1024;

    /// <exception cref="ProblemException">The first that is wrong.</exception>
    public Limits Read()
    {
        var limits = new Limits
        {
            CompileMemoryLimitBytes = Memory("compile_memory_limit", LeastCompileMemoryBytes),
            MemoryLimitBytes = Memory("run_memory_limit", LeastMemoryBytes),
            CompileWallTimeLimitMs = Milliseconds("compile_timeout", DefaultCompileMs),
            WallTimeLimitMs = Milliseconds("run_timeout", DefaultRunMs),
        };
        // The service holds compilers to the clock alone; what is asked of them in CPU time is checked all the same.
        Milliseconds("compile_cpu_time", DefaultCompileMs);
        limits.CpuTimeLimitMs = Milliseconds("run_cpu_time", DefaultRunMs);
        return limits;
    }

    private ulong Memory(string field, long least)
    {
        // Every client sends -1, and means as much as there is.
        var asked = Number(field, options.MaxMemoryBytes, Unlimited);
        return (ulong)(asked is null or Unlimited ? options.MaxMemoryBytes : Math.Max(least, Math.Ceiling(asked.Value)));
    }

    private uint Milliseconds(string field, int byDefault) => (uint)Math.Ceiling(Number(field, options.MaxStageMs) ?? byDefault);

    private double? Number(string field, long maximum, double? allowed = null)
    {
        var value = body[field];
        // 0, too, which Piston takes for no limit at all.
        if (PistonBody.IsFalsy(value))
            return null;
        if (value.ValueKind is not JsonValueKind.Number)
            throw PistonErrors.Invalid($"If specified, {field} must be a number");

        var number = value.GetDouble();
        if (number > maximum)
            throw PistonErrors.Invalid(string.Create(CultureInfo.InvariantCulture, $"{field} cannot exceed the configured limit of {maximum}"));
        if (number < 0 && number != allowed)
            throw PistonErrors.Invalid($"{field} must be non-negative");
        return number;
    }
}
