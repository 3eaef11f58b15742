using System.Diagnostics;
using System.Globalization;
using OnlineCompiler.Bench.Measuring;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Sandbox.Namespaces;
using OnlineCompiler.Tests.RunningService;

namespace OnlineCompiler.Bench.Overhead;

/// <summary>The same program by bare fork and exec, in a sandbox, and (Python) as a call of the service; in turns, so that all bear the same noise.</summary>
internal static class OverheadCommand
{
    private const int Turns = 10;

    private static readonly (string Name, string[] Command)[] _programs =
    [
        ("/bin/true", ["/bin/true"]),
        ("hello in Python", ["python3", "-c", "print('hello')"]),
    ];

    public static async Task<int> RunAsync(int runs)
    {
        await using var cold = BenchService.Start(("Sandbox:Prepared:Enabled", "false"));
        await using var ahead = BenchService.Start();
        foreach (var (name, command) in _programs)
        {
            foreach (var atOnce in (int[])[1, 2])
                await CompareAsync(cold, ahead, name, command, atOnce, runs);
        }
        return 0;
    }

    private static async Task CompareAsync(ServiceFixture cold, ServiceFixture ahead, string name, string[] command, int atOnce, int runs)
    {
        var (bare, sandboxed, prepared, called) = (new Samples(), new Samples(), new Samples(), new Samples());
        var order = BenchService.Order(command);
        var isPython = command.Length > 1;
        await BenchService.RunAsync(cold.Sandbox, order);
        await BenchService.RunAsync(ahead.Sandbox, order);
        for (var turn = 0; turn < Turns; turn++)
        {
            var each = Math.Max(1, runs / Turns / atOnce);
            await AtOnceAsync(atOnce, () => RunBareAsync(order, each, bare));
            await AtOnceAsync(atOnce, () => RunSandboxedAsync(cold.Sandbox, order, each, sandboxed));
            await AtOnceAsync(atOnce, () => RunPreparedAsync(ahead, order, each, prepared));
            if (isPython)
                await AtOnceAsync(atOnce, () => CallAsync(cold, command[2], each, called));
        }
        Console.WriteLine($"{name}, {(atOnce == 1 ? "one after another" : $"{atOnce} at once")}, {bare.Count} runs each");
        Console.WriteLine($"  bare       {bare}");
        Console.WriteLine($"  sandbox    {sandboxed}   {sandboxed.Over(bare):0.00} x");
        Console.WriteLine($"  made ahead {prepared}   {prepared.Over(bare):0.00} x");
        if (isPython)
            Console.WriteLine($"  gRPC call  {called}   {called.Over(bare):0.00} x");
        Console.WriteLine();
    }

    private static Task AtOnceAsync(int count, Func<Task> work) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(work)));

    /// <summary>In the same environment: what a developer's shell adds to it (another Python, its start-up files) is not the sandbox's merit.</summary>
    private static async Task RunBareAsync(SandboxOrder order, int runs, Samples samples)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "bare"), [runs.ToString(CultureInfo.InvariantCulture), .. order.Command])
        {
            RedirectStandardOutput = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in order.Environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            samples.Add(TimeSpan.FromMicroseconds(double.Parse(line, CultureInfo.InvariantCulture)));
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The bare program ended with {process.ExitCode}.");
    }

    /// <summary>Each after a pause in which as many were made as are to wait: what a user meets, not what a flood does.</summary>
    private static async Task RunPreparedAsync(ServiceFixture service, SandboxOrder order, int runs, Samples samples)
    {
        var pool = service.Service<NamespaceSandbox>().Prepared!;
        for (var run = 0; run < runs; run++)
        {
            while (!pool.IsFull)
                await Task.Delay(1);
            await RunSandboxedAsync(service.Sandbox, order, 1, samples);
        }
    }

    private static async Task RunSandboxedAsync(ISandbox sandbox, SandboxOrder order, int runs, Samples samples)
    {
        for (var run = 0; run < runs; run++)
        {
            var from = Stopwatch.GetTimestamp();
            var report = await BenchService.RunAsync(sandbox, order);
            samples.Add(Stopwatch.GetElapsedTime(from));
            if (report.Outcome != SandboxOutcome.Succeeded)
                throw new InvalidOperationException($"The run ended in {report.Outcome}: {report.Message}");
        }
    }

    private static async Task CallAsync(ServiceFixture service, string program, int runs, Samples samples)
    {
        for (var run = 0; run < runs; run++)
        {
            var from = Stopwatch.GetTimestamp();
            await service.Client.ExecuteAsync(Requests.Python(program));
            samples.Add(Stopwatch.GetElapsedTime(from));
        }
    }
}
