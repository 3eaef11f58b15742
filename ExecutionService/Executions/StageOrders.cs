using OnlineCompiler.ExecutionService.Languages;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Prepared;

namespace OnlineCompiler.ExecutionService.Executions;

/// <summary>Turns an execution into the orders of its two stages.</summary>
internal static class StageOrders
{
    /// <summary>Of everything a request collects.</summary>
    public const long MaxArtifactBytes = 16 * 1024 * 1024;

    /// <param name="execution">Its language has a compile stage.</param>
    /// <param name="options">Defaults of the limits.</param>
    /// <param name="places">Where the sandbox shows what commands name.</param>
    public static SandboxOrder Compile(Execution execution, LimitsOptions options, SandboxPlaces places)
    {
        var stage = execution.Pack.Compile!;
        var limits = execution.Limits.ForCompile(options, stage.Limits);
        var values = Values(execution, limits, places);
        return new SandboxOrder
        {
            Command = CommandTemplate.Expand(stage.Command, values),
            Environment = StageEnvironment.Make(execution.Pack, stage, values, isTerminal: false),
            Host = Host(execution.Pack, stage, values, isTerminal: false),
            Files = execution.Files,
            Root = execution.Pack.Root,
            Limits = WithRoomFor(limits, execution.Files),
            Collect = stage.Outputs,
        };
    }

    /// <param name="execution">What to run.</param>
    /// <param name="outputs">What its compile stage made.</param>
    /// <param name="options">Defaults of the limits.</param>
    /// <param name="places">Where the sandbox shows what commands name.</param>
    /// <param name="isInteractive">The wall-time limit is then kept by <see cref="InteractiveClock"/>.</param>
    public static SandboxOrder Run(Execution execution, IReadOnlyList<WorkspaceFile> outputs, LimitsOptions options, SandboxPlaces places, bool isInteractive)
    {
        var stage = execution.Pack.Run;
        var limits = execution.Limits.ForRun(options, stage.Limits);
        var values = Values(execution, limits, places);
        var environment = StageEnvironment.Make(execution.Pack, stage, values, isTerminal: execution.Terminal is not null);
        foreach (var (name, value) in execution.Environment)
            environment[name] = value;

        // A compiler may have made a file anew that the request holds too; what was made is newer.
        var made = outputs.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var files = execution.Files.Where(file => !made.Contains(file.Path)).Concat(outputs).ToList();
        return new SandboxOrder
        {
            Command = CommandTemplate.Expand(stage.Command, values),
            Environment = environment,
            // Runtimes read some variables when they boot; which, only they know.
            Host = execution.Environment.Count == 0 ? Host(execution.Pack, stage, values, isTerminal: execution.Terminal is not null) : null,
            Files = files,
            Root = execution.Pack.Root,
            Limits = WithRoomFor(isInteractive ? limits with { WallTime = null } : limits, files),
            Terminal = execution.Terminal,
            Collect = execution.Collect,
            CollectLimitBytes = MaxArtifactBytes,
        };
    }

    private static PreparedHost? Host(LanguagePack pack, PackStage stage, CommandValues values, bool isTerminal)
    {
        if (stage.Prepared is not { } prepared)
            return null;
        // A runtime that forks knows no terminal before its copies have one.
        var environment = StageEnvironment.Make(pack, stage, values, isTerminal && !prepared.Forks);
        foreach (var (name, value) in prepared.Environment)
            environment[name] = CommandTemplate.Fill(value, values);
        return new($"{pack.ToolchainFolder} {(ReferenceEquals(stage, pack.Compile) ? "compile" : "run")}", CommandTemplate.Expand(prepared.Command, values), environment)
        {
            Forks = prepared.Forks,
        };
    }

    private static CommandValues Values(Execution execution, SandboxLimits limits, SandboxPlaces places) => new()
    {
        LanguageId = execution.Language.Id,
        ToolchainFolder = execution.Pack.ToolchainFolder,
        EntryPoint = execution.EntryPoint,
        MemoryBytes = limits.MemoryBytes,
        Places = places,
        Sources = [.. execution.Files.Select(file => file.Path).Where(execution.Language.IsSource)
            .OrderBy(path => path == execution.EntryPoint ? 0 : 1)],
        CompilerArguments = execution.CompilerArguments,
        Arguments = execution.Arguments,
    };

    /// <summary>The workspace limit is about what a program writes; what it is given comes on top.</summary>
    private static SandboxLimits WithRoomFor(SandboxLimits limits, IReadOnlyList<WorkspaceFile> files)
    {
        const int PageBytes = 4096;
        return limits with
        {
            WorkspaceBytes = limits.WorkspaceBytes + files.Sum(file => (long)file.Content.Length + PageBytes),
            WorkspaceFiles = limits.WorkspaceFiles + files.Sum(file => 1 + file.Path.Count(character => character == '/')),
        };
    }
}
