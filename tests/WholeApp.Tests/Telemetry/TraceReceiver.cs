using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OnlineCompiler.WholeApp.Tests.Application;

namespace OnlineCompiler.WholeApp.Tests.Telemetry;

/// <summary>A collector for tests: takes traces over OTLP/HTTP and remembers their spans.</summary>
internal sealed class TraceReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();
    private readonly WebApplication _web;

    private TraceReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _web = builder.Build();
        _web.MapPost("/v1/traces", TakeAsync);
        _web.MapPost("/v1/{signal}", () => Results.Ok());
    }

    public IReadOnlyCollection<ReceivedSpan> Spans => _spans;

    public static async Task<TraceReceiver> StartAsync()
    {
        var receiver = new TraceReceiver();
        await receiver._web.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>What makes a service send its traces here, soon.</summary>
    public IEnumerable<ServiceSetting> SettingsFor(string service) =>
    [
        new(service, "OTEL_EXPORTER_OTLP_ENDPOINT", _web.Urls.Single()),
        new(service, "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        new(service, "OTEL_SERVICE_NAME", service),
        new(service, "OTEL_BSP_SCHEDULE_DELAY", "200"),
    ];

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        foreach (var resource in ExportTraceRequest.Parser.ParseFrom(body.ToArray()).ResourceSpans)
        {
            var service = resource.Resource.Attributes.FirstOrDefault(attribute => attribute.Key == "service.name")?.Value.StringValue ?? "";
            foreach (var scope in resource.ScopeSpans)
            {
                foreach (var span in scope.Spans)
                    _spans.Enqueue(new(service, scope.Scope.Name, span.Name, span.Kind, Convert.ToHexStringLower(span.TraceId.Span)));
            }
        }

        return Results.Bytes([], "application/x-protobuf");
    }
}

internal sealed record ReceivedSpan(string Service, string Source, string Name, Span.Types.Kind Kind, string TraceId);
