using System.Globalization;

namespace OnlineCompiler.Bench.Measuring;

/// <summary>Durations of the same thing, again and again.</summary>
internal sealed class Samples
{
    private readonly List<double> _milliseconds = [];

    public int Count => _milliseconds.Count;

    public double Median => At(0.5);

    public double Highest => At(1);

    public void Add(TimeSpan taken)
    {
        lock (_milliseconds)
            _milliseconds.Add(taken.TotalMilliseconds);
    }

    public double Over(Samples other) => Median / other.Median;

    /// <summary>Median, and between which two values eight of ten lie.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median,9:0.00} ms  ({At(0.1):0.00}-{At(0.9):0.00})");

    /// <summary>What that part of the samples is below: 0.99 for the 99th percentile.</summary>
    public double At(double part)
    {
        if (_milliseconds.Count == 0)
            return 0;
        var ordered = _milliseconds.Order().ToList();
        return ordered[Math.Min(ordered.Count - 1, (int)(ordered.Count * part))];
    }
}
