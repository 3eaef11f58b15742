using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Grpc.Core;

namespace OnlineCompiler.AiService.Tests;

/// <summary>Programs, input, prompts, answers and keys go to the provider and to nowhere else.</summary>
public sealed class DiscretionTests
{
    private const string TelemetryName = "OnlineCompiler.AiService";

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task Neither_logs_nor_spans_hold_a_program_a_prompt_an_answer_or_the_key(string provider)
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var fake = await FakeProvider.StartAsync();
        await using var app = AiServiceApp.For(provider, fake);

        fake.Answer = context => ProviderWire.WriteAsync(context, [Secrets.Answer]);
        await app.ExplainAsync(AiServiceApp.SampleQuestion());
        await app.FixAsync(AiServiceApp.SampleFix());
        foreach (var status in new[] { 400, 401, 429, 500 })
        {
            fake.Answer = context => ProviderWire.RefuseAsync(context, status);
            await Assert.ThrowsAsync<RpcException>(() => app.ExplainAsync(AiServiceApp.SampleQuestion()));
        }

        fake.Answer = async context =>
        {
            await ProviderWire.WriteBeginningAsync(context, Secrets.Answer);
            context.Abort();
        };
        await Assert.ThrowsAsync<RpcException>(() => app.ExplainAsync(AiServiceApp.SampleQuestion()));

        Assert.Contains(" 3201 ", app.Log.Text, StringComparison.Ordinal);
        Assert.Contains(spans, span => span.Source.Name == TelemetryName);
        var told = app.Log.Text + string.Join('\n', spans.Select(Describe));
        Assert.All(Secrets.All, secret => Assert.DoesNotContain(secret, told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tokens_are_counted_by_model()
    {
        var counts = new ConcurrentQueue<(long Tokens, string Kind)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == TelemetryName && instrument.Name == "gen_ai.client.token.usage")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((_, tokens, tags, _) => counts.Enqueue((tokens, KindOf(tags))));
        listener.SetMeasurementEventCallback<long>((_, tokens, tags, _) => counts.Enqueue((tokens, KindOf(tags))));
        listener.Start();
        await using var fake = await FakeProvider.StartAsync();
        await using var app = AiServiceApp.For("openai", fake);

        await app.ExplainAsync(AiServiceApp.SampleQuestion());

        Assert.Contains((ProviderWire.InputTokens, "input"), counts);
        Assert.Contains((ProviderWire.OutputTokens, "output"), counts);
    }

    private static string KindOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var tag in tags)
        {
            if (tag.Key == "gen_ai.token.type")
                return $"{tag.Value}";
        }

        return "";
    }

    private static string Describe(Activity span) =>
        $"{span.DisplayName} {span.StatusDescription} "
        + string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))
        + string.Join(' ', span.Events.SelectMany(e => e.Tags.Select(tag => $"{e.Name} {tag.Key}={tag.Value}")));
}
