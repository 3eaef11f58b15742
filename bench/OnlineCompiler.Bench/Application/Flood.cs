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

    /// <summary>What could not be sent until then is left out.</summary>
    private static readonly TimeSpan _lateness = TimeSpan.FromMilliseconds(20);

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

    /// <summary>What the process does: sends at a steady rate until its input ends, from as many callers in turn as there may be answers owed.</summary>
    public static async Task<int> RunAsync(string server, string caller, string perSecond)
    {
        using var http = new HttpClient { BaseAddress = new Uri(server), Timeout = TimeSpan.FromMinutes(2) };
        var answers = new ConcurrentDictionary<int, int>();
        var over = Task.Run(() => Console.OpenStandardInput().CopyToAsync(Stream.Null));
        var rate = double.Parse(perSecond, CultureInfo.InvariantCulture);
        var from = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, MaxUnanswered).Select(first => Task.Run(async () =>
        {
            for (var number = first; !over.IsCompleted; number += MaxUnanswered)
            {
                var early = TimeSpan.FromSeconds(number / rate) - Stopwatch.GetElapsedTime(from);
                if (early > TimeSpan.Zero)
                    await Task.WhenAny(over, Task.Delay(early));
                // Sent later, all at once, it would be a burst that nobody with processors of his own would send.
                else if (early < -_lateness)
                    continue;
                answers.AddOrUpdate(await SendAsync(http, caller), 1, (_, count) => count + 1);
            }
        })));
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
