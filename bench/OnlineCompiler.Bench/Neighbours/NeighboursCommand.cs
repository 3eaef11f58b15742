using System.Diagnostics;
using Grpc.Core;
using OnlineCompiler.Bench.Measuring;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Tests.RunningService;

namespace OnlineCompiler.Bench.Neighbours;

/// <summary>What an ordinary caller feels of a hostile one: the same runs alone and beside it, in turns.</summary>
internal static class NeighboursCommand
{
    private const int Turns = 4;

    private static readonly (string Name, ExecuteRequest Request)[] _ordinary =
    [
        ("Python", Requests.Python("print(sum(i * i for i in range(20_000)))")),
        ("C, compiled and run", Requests.Program("c", "#include <stdio.h>\nint main(void) { long s = 0; for (long i = 0; i < 1000000; i++) s += i; printf(\"%ld\\n\", s); }", path: "main.c")),
    ];

    private static readonly (string Name, ExecuteRequest Request)[] _hostile =
    [
        ("a fork bomb", Hostile(Requests.Bash("bomb() { bomb | bomb & }; while :; do bomb; done"))),
        ("a memory hog", Hostile(Requests.Python("while True:\n    blocks = []\n    try:\n        while len(blocks) < 220: blocks.append(b'x' * (1 << 20))\n    except MemoryError: pass"))),
        ("a CPU hog in 64 processes", Hostile(Requests.Bash("for i in $(seq 60); do (while :; do :; done) & done; wait"))),
        ("an output flood", Hostile(Requests.Bash("yes abcdefghijklmnopqrstuvwxyz", limits: new Limits { OutputLimitBytes = 16 << 20 }))),
        ("a file writer", Hostile(Requests.Bash("while :; do head -c 40M /dev/zero > big; rm big; done"))),
    ];

    public static async Task<int> RunAsync(int runs)
    {
        await using var service = BenchService.Start();
        var worst = 0.0;
        foreach (var (name, request) in _ordinary)
        {
            request.Caller = "ordinary";
            await service.Client.ExecuteAsync(request);
            Console.WriteLine($"{name}, {runs} runs alone and beside each");
            foreach (var (neighbour, hostile) in _hostile)
            {
                var (alone, beside) = (new Samples(), new Samples());
                for (var turn = 0; turn < Turns; turn++)
                {
                    await MeasureAsync(service, request, runs / Turns, alone);
                    await using var hostility = new Hostility(service, hostile);
                    await hostility.WaitUntilItIsUnderWayAsync();
                    await MeasureAsync(service, request, runs / Turns, beside);
                }
                worst = Math.Max(worst, beside.Over(alone));
                Console.WriteLine($"  {neighbour,-28} alone {alone}  beside {beside}   {beside.Over(alone):0.00} x");
            }
        }
        Console.WriteLine($"The worst: {worst:0.00} x (promised: 2 x at most).");
        return worst <= 2 ? 0 : 1;
    }

    private static ExecuteRequest Hostile(ExecuteRequest request)
    {
        request.Caller = "hostile";
        request.Limits ??= new Limits();
        request.Limits.WallTimeLimitMs = 30_000;
        request.Limits.CpuTimeLimitMs = 60_000;
        return request;
    }

    private static async Task MeasureAsync(ServiceFixture service, ExecuteRequest request, int runs, Samples samples)
    {
        for (var run = 0; run < runs; run++)
        {
            var from = Stopwatch.GetTimestamp();
            var answer = await service.Client.ExecuteAsync(request);
            samples.Add(Stopwatch.GetElapsedTime(from));
            if (answer.Outcome != Outcome.Succeeded)
                throw new InvalidOperationException($"An ordinary run ended in {answer.Outcome}: {answer.Run?.Message}");
        }
    }

    /// <summary>One hostile program that is started anew whenever it ends, until disposed.</summary>
    private sealed class Hostility : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly TaskCompletionSource _begun = new();
        private readonly Task _work;

        public Hostility(ServiceFixture service, ExecuteRequest request) => _work = Task.Run(() => RepeatAsync(service, request));

        public async Task WaitUntilItIsUnderWayAsync()
        {
            await _begun.Task.WaitAsync(TimeSpan.FromSeconds(10));
            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _work;
            _stop.Dispose();
        }

        private async Task RepeatAsync(ServiceFixture service, ExecuteRequest request)
        {
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    using var call = service.Client.ExecuteStream(request, cancellationToken: _stop.Token);
                    while (await call.ResponseStream.MoveNext(_stop.Token))
                    {
                        if (call.ResponseStream.Current.StageStarted is not null)
                            _begun.TrySetResult();
                    }
                }
                catch (RpcException) when (_stop.IsCancellationRequested)
                {
                    return;
                }
            }
        }
    }
}
