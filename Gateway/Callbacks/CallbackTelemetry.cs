using System.Diagnostics.Metrics;

namespace OnlineCompiler.Gateway.Callbacks;

/// <summary>Metrics of callbacks; none tells where they went.</summary>
internal sealed class CallbackTelemetry : IDisposable
{
    private const string Name = "OnlineCompiler.Gateway";

    private readonly Meter _meter;
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _duration;

    public CallbackTelemetry(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _attempts = _meter.CreateCounter<long>(
            "onlinecompiler.callbacks", "{attempt}", "Attempts to deliver a callback, by format and outcome: delivered, failed for good, or to be retried.");
        _duration = _meter.CreateHistogram<double>("onlinecompiler.callback.duration", "s", "Time from the beginning of an attempt to its outcome, by format.");
    }

    public void Record(string format, string outcome, TimeSpan duration)
    {
        var ofFormat = KeyValuePair.Create<string, object?>("format", format);
        _attempts.Add(1, ofFormat, KeyValuePair.Create<string, object?>("outcome", outcome));
        _duration.Record(duration.TotalSeconds, ofFormat);
    }

    public void Dispose() => _meter.Dispose();
}
