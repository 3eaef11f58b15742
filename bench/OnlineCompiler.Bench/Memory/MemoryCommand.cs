using System.Globalization;
using Google.Protobuf;
using OnlineCompiler.Bench.Measuring;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Sandbox.Namespaces;

namespace OnlineCompiler.Bench.Memory;

/// <summary>What is made ahead holds of the machine's memory while it waits, once every installed language was used.</summary>
internal static class MemoryCommand
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    /// <param name="rounds">Samples of each language, so that what grows with use has grown.</param>
    public static async Task<int> RunAsync(int rounds)
    {
        // One of each: how many wait is demand's business.
        await using var service = BenchService.Start(("Sandbox:Prepared:MaxPerMould", "1"));
        var languages = (await service.Client.ListLanguagesAsync(new ListLanguagesRequest())).Languages.Where(language => language.Installed).ToList();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var language in languages)
                await service.Client.ExecuteAsync(Sample(language));
        }

        var pool = service.Service<NamespaceSandbox>().Prepared ?? throw new InvalidOperationException("Nothing is made ahead here.");
        using var patience = new CancellationTokenSource(_patience);
        while (!pool.IsFull)
            await Task.Delay(50, patience.Token);

        var waiting = pool.Counts.Where(count => count.Ready > 0).OrderByDescending(count => count.StageBytes).ToList();
        Console.WriteLine("Waits                            MiB of its control group");
        foreach (var count in waiting)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count.Mould.Name,-30} {count.StageBytes / 1048576.0,7:0.0}"));
        foreach (var processId in service.Service<NamespaceSandbox>().Forks!.ProcessIds)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"fork server",-30} {OwnBytes(processId) / 1048576.0,7:0.0}   not in a group: what is its own"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"together",-30} {waiting.Sum(count => count.StageBytes * count.Ready) / 1048576.0,7:0.0}"));
        return 0;
    }

    private static ExecuteRequest Sample(Language language) => new()
    {
        Language = language.Id,
        Stdin = ByteString.CopyFromUtf8(language.SampleStdin),
        Files = { new SourceFile { Path = language.EntryPoint, Content = ByteString.CopyFromUtf8(language.Sample) } },
    };

    private static long OwnBytes(int processId) => File.ReadLines($"/proc/{processId}/smaps_rollup")
        .Where(line => line.StartsWith("Private_", StringComparison.Ordinal))
        .Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024);
}
