using OnlineCompiler.Bench.Application;
using OnlineCompiler.Bench.Breakdown;
using OnlineCompiler.Bench.Death;
using OnlineCompiler.Bench.Fairness;
using OnlineCompiler.Bench.Latency;
using OnlineCompiler.Bench.Measuring;
using OnlineCompiler.Bench.Memory;
using OnlineCompiler.Bench.Neighbours;
using OnlineCompiler.Bench.Overhead;
using OnlineCompiler.Bench.Overload;
using OnlineCompiler.Bench.Soak;
using OnlineCompiler.Bench.Steps;
using OnlineCompiler.Bench.Throughput;
using OnlineCompiler.Bench.Waiting;

namespace OnlineCompiler.Bench;

/// <summary>Where the program starts. Not called Program, for the service it runs in this process has one already.</summary>
internal static class Commands
{
    private const string Usage = """
        Usage: dotnet run -c Release --project bench/OnlineCompiler.Bench -- COMMAND [--runs N]

          overhead     a sandbox against the bare process, one after another and two at once
          steps        what each namespace, mount and limit of a sandbox costs (as root)
          memory       what is made ahead holds while it waits; --runs samples of each language before
          neighbours   an ordinary run alone and beside hostile ones
          death        from the decision to kill until the last instruction, and until nothing is left
          soak         mixed runs, a third of them hostile; exits with 1 when anything accumulates

          Through the Gateway of a whole application, against the bare toolchain:
          latency      one caller; --runs N of each program
          breakdown    where the time of a run goes, from socket to socket; --runs of each step
          throughput   four callers without pause; --runs is seconds a turn
          waiting      interactive programs that wait for input; --runs is how many
          overload     ten times the capacity; --runs is seconds
          fairness     twenty times the capacity, by one caller; what another notices; --runs is seconds

        bench/README.md says how to read what they print.
        """;

    private static readonly Dictionary<string, (Func<int, Task<int>> RunAsync, int Runs)> _all = new()
    {
        ["overhead"] = (OverheadCommand.RunAsync, 200),
        ["steps"] = (StepsCommand.RunAsync, 200),
        ["memory"] = (MemoryCommand.RunAsync, 2),
        ["neighbours"] = (NeighboursCommand.RunAsync, 60),
        ["death"] = (DeathCommand.RunAsync, 20),
        ["soak"] = (SoakCommand.RunAsync, 2000),
        ["latency"] = (LatencyCommand.RunAsync, 20),
        ["breakdown"] = (BreakdownCommand.RunAsync, 100),
        ["throughput"] = (ThroughputCommand.RunAsync, 10),
        ["waiting"] = (WaitingCommand.RunAsync, 1000),
        ["overload"] = (OverloadCommand.RunAsync, 20),
        ["fairness"] = (FairnessCommand.RunAsync, 30),
    };

    private static async Task<int> Main(string[] arguments)
    {
        // Not for people: a process that another command starts.
        if (arguments is [Flood.Command, var server, var caller, var rate])
            return await Flood.RunAsync(server, caller, rate);
        int? runs = arguments switch
        {
            [_] => 0,
            [_, "--runs", var text] when int.TryParse(text, out var number) && number > 0 => number,
            _ => null,
        };
        if (runs is null || !_all.TryGetValue(arguments[0], out var command))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }
        Machine.Describe();
        return await command.RunAsync(runs > 0 ? runs.Value : command.Runs);
    }
}
