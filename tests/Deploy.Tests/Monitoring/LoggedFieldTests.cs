using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Monitoring;

/// <summary>The saved queries ask for fields that a service, started with what the template tells its container, really writes.</summary>
public sealed partial class LoggedFieldTests(SynthesizedEnvironments environments)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Written by the collector's exporter to CloudWatch Logs, by its documentation and source.</summary>
    private static readonly string[] _ofTheCollector = ["body", "severity_text", "severity_number", "trace_id"];

    private static readonly string[] _ofCloudWatch = ["@timestamp", "@log", "@message"];

    [Fact]
    public async Task Every_field_that_a_saved_query_asks_for_is_one_that_is_logged()
    {
        var template = environments["production"];
        var logged = await LogOfAnUnreadyServiceAsync(template);
        var asked = template.Of("AWS::Logs::QueryDefinition").SelectMany(query => FieldsOf(query.Text("QueryString")!)).Distinct().ToList();

        Assert.Contains("Category", asked);
        Assert.Equal(["Error"], logged.Select(line => (string?)line["LogLevel"]).Distinct());
        Assert.Empty(asked.Except(logged.SelectMany(line => line.Select(field => field.Key))).Except(_ofTheCollector).Except(_ofCloudWatch));
        // By which "one-trace" finds it.
        Assert.All(logged, line => Assert.Matches("\"TraceId\":\"[0-9a-f]{32}\"", line["Scopes"]!.ToJsonString()));
    }

    /// <summary>What a SessionService without its store says when it is asked whether it is ready.</summary>
    private static async Task<IReadOnlyList<JsonObject>> LogOfAnUnreadyServiceAsync(Template template)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [ServiceProgram()]) { RedirectStandardOutput = true, WorkingDirectory = Path.Combine(Checkout.Root, "SessionService") };
        foreach (var (key, value) in Template.SettingsOf(template.ContainerOf("session")))
            start.Environment[key] = value;
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        start.Environment["GRPC_PORT"] = "";
        start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "";
        start.Environment["ConnectionStrings__redis"] = "127.0.0.1:1,connectTimeout=100";
        using var process = Process.Start(start)!;
        try
        {
            using var http = new HttpClient();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(Patience);
            await AskAsync(http, new Uri($"http://127.0.0.1:{port}/health/ready"), patience.Token);
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                var record = JsonNode.Parse(line)!.AsObject();
                // Not what it says by itself at its start, which is part of no trace.
                if (record["Scopes"]?.ToJsonString().Contains("RequestPath", StringComparison.Ordinal) is true)
                    return [record];
            }
            throw new InvalidOperationException("The service ended without a word.");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task AskAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(address, cancellationToken);
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
    }

    private static IEnumerable<string> FieldsOf(string query)
    {
        var made = Alias().Matches(query).Select(match => match.Groups[1].Value).ToHashSet();
        // Neither texts nor patterns are fields.
        var bare = Quoted().Replace(query, "");
        return Word().Matches(bare).Select(match => match.Value).Where(word => !made.Contains(word) && !_words.Contains(word));
    }

    private static readonly HashSet<string> _words =
    [
        "fields", "filter", "sort", "limit", "stats", "by", "as", "in", "like", "and", "desc", "count", "coalesce", "ispresent", "earliest",
    ];

    private static string ServiceProgram()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return Path.Combine(Checkout.Root, "SessionService", "bin", configuration, "net10.0", "SessionService.dll");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"\bas (\w+)")]
    private static partial Regex Alias();

    [GeneratedRegex("'[^']*'|/[^/]*/")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"@?\b[A-Za-z_]\w*")]
    private static partial Regex Word();
}
