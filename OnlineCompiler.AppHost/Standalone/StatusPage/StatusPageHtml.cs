using System.Globalization;
using System.Text.Encodings.Web;
using Aspire.Hosting.ApplicationModel;
using OnlineCompiler.AppHost.Standalone.Orchestration;
using OnlineCompiler.AppHost.Standalone.Variables;

namespace OnlineCompiler.AppHost.Standalone.StatusPage;

/// <summary>The page, and the parts of it that are sent anew when something changes.</summary>
internal sealed class StatusPageHtml(SecretMask mask, ResourceNotificationService notifications)
{
    public string Page(IEnumerable<ResourceRunner> runners) => $"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>OnlineCompiler: status</title>
          <link rel="icon" href="data:,">
          <link rel="stylesheet" href="/status.css">
          <script src="/status.js" defer></script>
        </head>
        <body>
          <header>
            <h1>OnlineCompiler</h1>
            {Overview(runners)}
          </header>
          <main>
            {string.Join('\n', runners.Select(Card))}
          </main>
        </body>
        </html>
        """;

    /// <summary>How many are well.</summary>
    public string Overview(IEnumerable<ResourceRunner> runners)
    {
        var tones = runners.Select(runner => ResourceStatus.Of(runner, notifications).Tone).ToList();
        var good = tones.Count(tone => tone == "good");
        var tone = tones.Contains("bad") ? "bad" : good == tones.Count ? "good" : "busy";
        return Line($"""<div class="badge {tone}" id="overview" role="status">{good} of {tones.Count} healthy</div>""");
    }

    /// <summary>What changes of one resource.</summary>
    public string Summary(ResourceRunner runner)
    {
        var status = ResourceStatus.Of(runner, notifications);
        return $"""
            <div class="summary" id="summary-{Text(status.Name)}">
              <h2>{Text(status.Name)} <small>{Text(status.Type)}</small></h2>
              <span class="badge {status.Tone}">{Text(Describe(status))}</span>
              <p class="detail">{Text(status.Detail ?? "")}</p>
              <dl>
                <div><dt>Endpoints</dt><dd>{string.Join(" ", runner.Resource.Annotations.OfType<EndpointAnnotation>().Select(Endpoint))}</dd></div>
                <div><dt>Process</dt><dd>{(status.ProcessId is { } id ? Line($"{id}") : "none")}</dd></div>
                <div><dt>Started</dt><dd>{(status.StartedAt is { } time ? Line($"<time datetime=\"{time:O}\">{time:HH:mm:ss} UTC</time>") : "not yet")}</dd></div>
                <div><dt>Restarts</dt><dd>{Line($"{status.Restarts}")}</dd></div>
              </dl>
            </div>
            """;
    }

    /// <summary>What it was started with; nothing before it was.</summary>
    public string Variables(ResourceRunner runner)
    {
        var variables = runner.Plan?.Environment ?? new Dictionary<string, string>();
        var shown = variables.Count == 0
            ? "<p>Nothing was set for it.</p>"
            : $"<table>{string.Concat(variables.OrderBy(variable => variable.Key, StringComparer.Ordinal).Select(Row))}</table>";
        return $"<div id=\"variables-{Text(runner.Resource.Name)}\">{shown}</div>";
    }

    private string Card(ResourceRunner runner) => $"""
        <article>
          {Summary(runner)}
          <details>
            <summary>Environment</summary>
            {Variables(runner)}
          </details>
          <details name="log" data-log="{Text(runner.Resource.Name)}">
            <summary>Log</summary>
            <ol class="log" tabindex="0" aria-label="Log of {Text(runner.Resource.Name)}"></ol>
          </details>
        </article>
        """;

    private string Row(KeyValuePair<string, string> variable) =>
        $"<tr><th scope=\"row\">{Text(variable.Key)}</th><td>{Text(mask.Hide(variable.Key, variable.Value))}</td></tr>";

    private static string Describe(ResourceStatus status) => status switch
    {
        { Health: "Healthy" } => "Running, healthy",
        { Health: not null } => $"{status.State}, {status.Health.ToLowerInvariant()}",
        _ => status.State,
    };

    /// <summary>A link, where a browser can follow it: not to Redis, nor to gRPC's own port.</summary>
    private static string Endpoint(EndpointAnnotation endpoint)
    {
        var url = Text($"{endpoint.UriScheme}://{endpoint.TargetHost}:{endpoint.AllocatedPort}");
        return endpoint.IsHttp && endpoint.PortVariable is null
            ? $"<a href=\"{url}\">{url}</a>"
            : $"<span>{Text(endpoint.Name)} {url}</span>";
    }

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
