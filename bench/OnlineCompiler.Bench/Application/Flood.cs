using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;

namespace OnlineCompiler.Bench.Application;

/// <summary>
/// A caller who asks for far too much, in a process of its own with the lowest priority: it stands for another machine, whose processors
/// are none of ours.
/// </summary>
internal sealed class Flood
{
    public const string Command = "flood";

    private const int MaxUnanswered = 1_000;

    private readonly Process _process;

    private Flood(Process process) => _process = process;

    /// <param name="server">Whom to flood.</param>
    /// <param name="caller">The address in whose name; it counts where the application trusts whoever forwards.</param>
    /// <param name="perSecond">Requests.</param>
    public static Flood Start(Uri server, string caller, double perSecond)
    {
        var start = new ProcessStartInfo("nice", ["-n", "19", "dotnet", typeof(Flood).Assembly.Location, Command, server.AbsoluteUri, caller, perSecond.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new Flood(Process.Start(start)!);
    }

    /// <summary>How often each status was the answer.</summary>
    public async Task<IReadOnlyList<(int Status, int Count)>> StopAsync()
    {
        _process.StandardInput.Close();
        var told = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
        return
        [
            .. told.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' '))
                .Select(words => (int.Parse(words[0], CultureInfo.InvariantCulture), int.Parse(words[1], CultureInfo.InvariantCulture))),
        ];
    }

    /// <summary>What the process does: sends at a steady rate until its input ends. Nothing waits for an answer, as long as a thousand are not owed.</summary>
    public static async Task<int> RunAsync(string server, string caller, string perSecond)
    {
        using var http = new HttpClient { BaseAddress = new Uri(server), Timeout = TimeSpan.FromMinutes(2) };
        using var unanswered = new SemaphoreSlim(MaxUnanswered);
        var answers = new ConcurrentDictionary<int, int>();
        var over = Task.Run(() => Console.OpenStandardInput().CopyToAsync(Stream.Null));
        var rate = double.Parse(perSecond, CultureInfo.InvariantCulture);
        var from = Stopwatch.GetTimestamp();
        for (var number = 0; !over.IsCompleted; number++)
        {
            while (Stopwatch.GetElapsedTime(from).TotalSeconds < number / rate)
                await Task.Delay(1);
            await unanswered.WaitAsync();
            _ = Task.Run(async () =>
            {
                answers.AddOrUpdate(await SendAsync(http, caller), 1, (_, count) => count + 1);
                unanswered.Release();
            });
        }
        for (var i = 0; i < MaxUnanswered; i++)
            await unanswered.WaitAsync();
        foreach (var (status, count) in answers.OrderBy(answer => answer.Key))
            Console.WriteLine($"{status} {count}");
        return 0;
    }

    /// <summary>One run in somebody's name, its answer read whole.</summary>
    public static async Task<int> SendAsync(HttpClient http, string caller)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/executions")
        {
            Content = JsonContent.Create(BenchProgram.Python.Body(BenchProgram.Python.NextText())),
        };
        request.Headers.Add("X-Forwarded-For", caller);
        using var answer = await http.SendAsync(request);
        await answer.Content.ReadAsByteArrayAsync();
        return (int)answer.StatusCode;
    }
}
