using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Commands;

/// <summary>The options that lower or raise limits. Times are in seconds, sizes in bytes or with K, M or G.</summary>
internal sealed class LimitOptions
{
    /// <summary>What a service allows unless its operator says otherwise: 16 MiB.</summary>
    public const long MostOutputBytes = 16 * 1024 * 1024;

    private readonly Option<int?> _wallTime = Time("--limit-wall-time", "Longest run, waiting for input not counted; default 10");
    private readonly Option<int?> _cpuTime = Time("--limit-cpu-time", "Most processor time of the run; default 5");
    private readonly Option<long?> _memory = Size("--limit-memory", "Most memory, files included; default 256M, for some languages more");
    private readonly Option<int?> _processes = new("--limit-processes") { Description = "Most processes and threads; default 64, for some languages more", HelpName = "number" };
    private readonly Option<long?> _output = Size("--limit-output", "Most output; default 16M");
    private readonly Option<long?> _workspace = Size("--limit-workspace", "Most bytes of the program's files; default 64M");
    private readonly Option<int?> _compileTime = Time("--limit-compile-time", "Longest compilation; default 15");
    private readonly Option<long?> _compileMemory = Size("--limit-compile-memory", "Most memory of the compiler; default 1G");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_wallTime, _cpuTime, _memory, _processes, _output, _workspace, _compileTime, _compileMemory])
            command.Add(option);
    }

    public ExecutionLimits Of(ParseResult parsed) => new()
    {
        WallTimeMs = parsed.GetValue(_wallTime),
        CpuTimeMs = parsed.GetValue(_cpuTime),
        MemoryBytes = parsed.GetValue(_memory),
        Processes = parsed.GetValue(_processes),
        OutputBytes = parsed.GetValue(_output),
        WorkspaceBytes = parsed.GetValue(_workspace),
        CompileWallTimeMs = parsed.GetValue(_compileTime),
        CompileMemoryBytes = parsed.GetValue(_compileMemory),
    };

    private static Option<int?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "seconds",
        CustomParser = argument => (int?)Parse(argument, 1_000, int.MaxValue, argument.Tokens.Single().Value, "a number of seconds such as 2 or 0.5"),
    };

    private static Option<long?> Size(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "size",
        CustomParser = argument =>
        {
            var text = argument.Tokens.Single().Value;
            var unit = text.Length == 0 ? 1 : char.ToUpperInvariant(text[^1]) switch { 'K' => 1L << 10, 'M' => 1L << 20, 'G' => 1L << 30, _ => 1 };
            return Parse(argument, unit, long.MaxValue, unit == 1 ? text : text[..^1], "a size such as 1000000, 512K, 64M or 1G");
        },
    };

    private static long? Parse(ArgumentResult argument, decimal unit, decimal most, string text, string expected)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= most / unit)
            return (long)Math.Max(1, number * unit);
        argument.AddError($"\"{argument.Tokens.Single().Value}\" is not {expected}.");
        return null;
    }
}
