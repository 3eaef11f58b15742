using System.Net.Http.Json;
using System.Text.Json;
using OnlineCompiler.Browser.Tests.Pages;

namespace OnlineCompiler.Browser.Tests;

/// <summary>The samples that the page offers beside each language's first one do what their names promise.</summary>
public sealed class SampleProgramTests(BrowserApp app)
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "Web", "ClientApp", "samples");

    private static readonly Dictionary<string, string> Promises = new()
    {
        ["queens"] = "92 solutions",
        ["primes"] = "25 primes up to 100",
        ["picture"] = "\u001b[",
        ["automaton"] = "\u001b[48;5;",
        ["plot"] = "Drawn: plot.png",
        ["tests"] = "All tests passed",
    };

    /// <summary>The first plot on a machine loads a great library, and this machine may be busy with other tests.</summary>
    private static readonly object Patient = new { wallTimeMs = 60_000, cpuTimeMs = 60_000 };

    public static TheoryData<string> Languages => [.. Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Every_sample_runs(string language)
    {
        using var client = new HttpClient { BaseAddress = app.Address };
        var cancellationToken = TestContext.Current.CancellationToken;
        var listed = await client.GetFromJsonAsync<JsonElement>("/api/v1/languages", cancellationToken);
        var known = listed.GetProperty("languages").EnumerateArray().Single(known => known.GetProperty("id").GetString() == language);
        Assert.SkipUnless(known.GetProperty("installed").GetBoolean(), $"{language} is not installed.");

        foreach (var path in Directory.GetFiles(Path.Combine(Folder, language)))
        {
            var entryPoint = known.GetProperty("entryPoint").GetString();
            var program = new { language, files = new[] { new { path = entryPoint, content = await File.ReadAllTextAsync(path, cancellationToken) } }, entryPoint, limits = Patient };
            using var answer = await client.PostAsJsonAsync("/api/v1/executions", program, cancellationToken);
            var result = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            var kind = Path.GetFileNameWithoutExtension(path);
            // Matplotlib comes with the popular libraries, which are installed on request.
            if (kind == "plot" && result.ToString().Contains("ModuleNotFoundError", StringComparison.Ordinal))
                continue;

            Assert.True(result.TryGetProperty("outcome", out var outcome) && outcome.GetString() == "succeeded", $"{path}: {result}");
            Assert.Contains(Promises[kind], result.GetProperty("run").GetProperty("stdout").GetString(), StringComparison.Ordinal);
        }
    }
}
