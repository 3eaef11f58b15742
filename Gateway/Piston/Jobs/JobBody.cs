using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace OnlineCompiler.Gateway.Piston.Jobs;

/// <summary>A job as the document describes it; <see cref="PistonBody"/> reads it, more leniently.</summary>
internal sealed record JobBody
{
    [Required, Description("Name or alias of a runtime, in its case.")]
    public string? Language { get; init; }

    [Required, Description("npm-style range, e.g. \"*\", \"3.x\", \"3.10.0\". An exact version that is not installed is taken for its successor.")]
    public string? Version { get; init; }

    [Required, MinLength(1), Description("The first that is utf8 is the main file.")]
    public IReadOnlyList<JobFileBody>? Files { get; init; }

    [Description("Standard input; gets a last end of line when it lacks one.")]
    public string? Stdin { get; init; }

    [Description("Arguments of the program.")]
    public IReadOnlyList<string>? Args { get; init; }

    [JsonPropertyName("compile_timeout"), Description("Milliseconds; default 10 000, at most 60 000.")]
    public double? CompileTimeout { get; init; }

    [JsonPropertyName("run_timeout"), Description("Milliseconds; default 3 000, at most 60 000.")]
    public double? RunTimeout { get; init; }

    [JsonPropertyName("compile_cpu_time"), Description("Milliseconds; checked, but compilers are held to compile_timeout alone.")]
    public double? CompileCpuTime { get; init; }

    [JsonPropertyName("run_cpu_time"), Description("Milliseconds of CPU; default 3 000, at most 60 000.")]
    public double? RunCpuTime { get; init; }

    [JsonPropertyName("compile_memory_limit"), Description("Bytes; by default, and with -1, as much as there is: 2 GiB.")]
    public double? CompileMemoryLimit { get; init; }

    [JsonPropertyName("run_memory_limit"), Description("Bytes; by default, and with -1, as much as there is: 2 GiB.")]
    public double? RunMemoryLimit { get; init; }
}

internal sealed record JobFileBody
{
    [Description("Path in the job's folder. Default: the language's own for the main file, else file0.code, file1.code …")]
    public string? Name { get; init; }

    [Required]
    public string? Content { get; init; }

    [Description("utf8 (the default), base64 or hex.")]
    public string? Encoding { get; init; }
}

internal static class JobExamples
{
    public static readonly JobBody Body = new()
    {
        Language = "python",
        Version = "3.x",
        Files = [new JobFileBody { Name = "main.py", Content = "print(input()[::-1])" }],
        Stdin = "abc",
        RunTimeout = 3000,
        RunMemoryLimit = -1,
    };

    public static readonly JobAnswer Answer = new()
    {
        Run = new StageReport { Stdout = "cba\n", Stderr = "", Output = "cba\n", Code = 0, Memory = 9_437_000, CpuTime = 5, WallTime = 6 },
        Language = "python",
        Version = "3.11.2",
    };
}
