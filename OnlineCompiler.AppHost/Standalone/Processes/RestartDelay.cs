namespace OnlineCompiler.AppHost.Standalone.Processes;

/// <summary>How long to wait before starting again what ended by itself: longer each time, until it has held for a while.</summary>
internal sealed class RestartDelay
{
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan Steady = TimeSpan.FromMinutes(1);

    private TimeSpan _next = First;

    public TimeSpan Next(TimeSpan uptime)
    {
        var delay = uptime >= Steady ? First : _next;
        _next = delay * 2 < Longest ? delay * 2 : Longest;
        return delay;
    }
}
