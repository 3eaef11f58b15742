using System.Diagnostics;
using System.Net.Http.Json;
using OnlineCompiler.WholeApp.Tests.Application;
using OnlineCompiler.WholeApp.Tests.Machine;

namespace OnlineCompiler.WholeApp.Tests.Telemetry;

public sealed class TracingTests(SharedApp shared)
{
    [Fact]
    public async Task One_trace_leads_from_the_request_through_the_services_to_the_sandbox_stages()
    {
        var traceId = ActivityTraceId.CreateRandom().ToHexString();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/executions")
        {
            Content = JsonContent.Create(new { language = "c", files = new[] { new { path = "main.c", content = "int main(void) { return 0; }" } } }),
            Headers = { { "traceparent", $"00-{traceId}-{ActivitySpanId.CreateRandom().ToHexString()}-01" } },
        };

        using var response = await shared.Http.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();

        await ExpectAsync("the Gateway's server span", span => span is { Service: "gateway", Kind: Span.Types.Kind.Server });
        await ExpectAsync("the ExecutionService's server span", span => span is { Service: "execution", Kind: Span.Types.Kind.Server });
        await ExpectAsync("the compile stage", span => span is { Service: "execution", Name: "sandbox compile" });
        await ExpectAsync("the run stage", span => span is { Service: "execution", Name: "sandbox run" });

        Task ExpectAsync(string what, Func<ReceivedSpan, bool> matches) =>
            Eventually.TrueAsync($"{what} in trace {traceId}", TimeSpan.FromSeconds(20),
                () => shared.Traces.Spans.Any(span => span.TraceId == traceId && matches(span)));
    }
}
