using System.Diagnostics;
using System.Globalization;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Packs.Tests;

/// <summary>Not a test: measures for scripts/language-table.sh what each installed language takes to run its sample.</summary>
public sealed class LanguageMeasurements(ServiceFixture service)
{
    private const int Runs = 3;

    [Fact(Explicit = true)]
    public async Task Measure()
    {
        var file = Environment.GetEnvironmentVariable("LANGUAGE_MEASUREMENTS") ?? throw new InvalidOperationException("LANGUAGE_MEASUREMENTS must name a file.");
        var token = TestContext.Current.CancellationToken;
        var list = await service.Client.ListLanguagesAsync(new ListLanguagesRequest(), cancellationToken: token);
        await using var output = new StreamWriter(file);
        foreach (var language in list.Languages)
        {
            var time = language.Installed ? await MedianMillisecondsAsync(language, token) : null;
            var versions = language.Installed ? string.Join(", ", language.Versions.OrderBy(version => version == language.Version ? 0 : 1)) : "-";
            await output.WriteLineAsync($"{language.Id}\t{language.Name}\t{versions}\t{time?.ToString("F0", CultureInfo.InvariantCulture) ?? "-"}");
        }
    }

    /// <summary>From the request to the answer, each time in fresh sandboxes; null when the sample fails.</summary>
    private async Task<double?> MedianMillisecondsAsync(Language language, CancellationToken token)
    {
        var times = new List<double>();
        for (var run = 0; run < Runs; run++)
        {
            var started = Stopwatch.GetTimestamp();
            var answer = await service.Client.ExecuteAsync(Requests.Program(language.Id, language.Sample, language.SampleStdin, path: language.EntryPoint), cancellationToken: token);
            if (answer.Outcome != Outcome.Succeeded)
                return null;
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }
        return times.Order().ElementAt(Runs / 2);
    }
}
