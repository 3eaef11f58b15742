using System.Diagnostics;

namespace OnlineCompiler.ExecutionService.Tests.Judging;

/// <summary>Counts the sandbox stages of one caller's request by the spans that the service opens for them.</summary>
internal sealed class StageCounter : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly Lock _lock = new();
    private int _running;

    public StageCounter(string requestId)
    {
        bool IsOurs(Activity activity) => (string?)activity.GetTagItem("onlinecompiler.request.id") == requestId;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "OnlineCompiler.Execution",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = activity => Count(activity.OperationName, +1),
            ActivityStopped = activity =>
            {
                Count(activity.OperationName, -1);
                lock (_lock)
                {
                    if (IsOurs(activity))
                        Ended.Add(activity.OperationName);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public List<string> Ended { get; } = [];

    /// <summary>Runs at the same time, at most.</summary>
    public int MostRunning { get; private set; }

    public void Dispose() => _listener.Dispose();

    private void Count(string name, int change)
    {
        if (name != "sandbox run")
            return;
        lock (_lock)
        {
            _running += change;
            MostRunning = Math.Max(MostRunning, _running);
        }
    }
}
