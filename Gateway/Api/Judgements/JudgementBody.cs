using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Json;

namespace OnlineCompiler.Gateway.Api.Judgements;

/// <summary>A program and its tests. Members are nullable because callers may leave them out; the mapping says what is missing.</summary>
internal sealed record JudgementBody
{
    [Required, Description("What is judged; its limits are those of every test that says nothing else.")]
    public PartBody? Program { get; init; }

    [Required, MinLength(1), MaxLength(1000), Description("1-1000 tests; input and expected output of all of them together at most 16 MiB.")]
    public IReadOnlyList<TestBody?>? Tests { get; init; }

    [Description("How outputs are compared. Default: line by line, without white space at the ends. Not together with a checker or an interactor.")]
    public ComparisonBody? Comparison { get; init; }

    [Description(
        "Decides in place of a comparison. It gets the arguments \"input\", \"output\" and \"answer\", names of files, and says by its exit status: " +
        "0 accepted, 1 wrong answer, 2 presentation error, 7 with a line \"points X\" on standard error a part of the points; all else is an internal error.")]
    public PartBody? Checker { get; init; }

    [Description(
        "Talks with the program: standard output of each is standard input of the other. Its arguments and exit status are a checker's; there is no output file to read.")]
    public PartBody? Interactor { get; init; }

    [Description("Tests after the first failed one are skipped.")]
    public bool StopAtFirstFailure { get; init; }
}

internal sealed record PartBody
{
    [Required, Description("Id or alias of a language.")]
    public string? Language { get; init; }

    [Description("Version range that the toolchain must satisfy, e.g. \"3\", \"^12\", \"*\". Default: any.")]
    public string? Version { get; init; }

    [Required, MinLength(1), MaxLength(100), Description("1-100 files, each at most 1 MiB, all at most 4 MiB.")]
    public IReadOnlyList<FileBody?>? Files { get; init; }

    [Description("Path of the file to start with. Default: the language's own if present, else the first file.")]
    public string? EntryPoint { get; init; }

    [MaxLength(64), Description("Extra arguments for the compiler; only for compiled languages.")]
    public IReadOnlyList<string?>? CompilerArguments { get; init; }

    [Description("Environment of the program, added to the sandbox's own; at most 64.")]
    public IReadOnlyDictionary<string, string?>? Environment { get; init; }

    public LimitsBody? Limits { get; init; }
}

internal sealed record TestBody
{
    [MaxLength(64), Description("Names the test in the answer. Default: its number, from 1.")]
    public string? Id { get; init; }

    [Description("Standard input of the program, or the interactor's input file; at most 4 MiB.")]
    public TextOrBytes? Input { get; init; }

    [Description("What the output is compared with, or the answer file; at most 16 MiB.")]
    public TextOrBytes? ExpectedOutput { get; init; }

    [MaxLength(256), Description("Arguments of the program.")]
    public IReadOnlyList<string?>? Arguments { get; init; }

    [Description("Each one that is given counts in place of the program's; none of compiling.")]
    public LimitsBody? Limits { get; init; }

    [Range(0, 1_000_000), Description("What it adds to the score when accepted; default 1.")]
    public double? Points { get; init; }

    [Description("Its part of the answer then holds verdict, score, times and memory only.")]
    public bool Hidden { get; init; }
}

internal sealed record ComparisonBody
{
    [Description("Default: lines.")]
    public ComparisonMode? Mode { get; init; }

    [Description("Letters of either case are equal; not with exact.")]
    public bool IgnoreCase { get; init; }

    [Range(0, double.MaxValue), Description("Numbers only; default 0, or 1e-6 for both when neither is given.")]
    public double? AbsoluteTolerance { get; init; }

    [Range(0, double.MaxValue), Description("Numbers only: of the expected number; default as above.")]
    public double? RelativeTolerance { get; init; }
}

internal enum ComparisonMode
{
    Lines,
    Exact,
    Tokens,
    NoWhiteSpace,
    Numbers,
}
