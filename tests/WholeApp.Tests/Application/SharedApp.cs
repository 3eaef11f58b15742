using OnlineCompiler.WholeApp.Tests.Telemetry;

namespace OnlineCompiler.WholeApp.Tests.Application;

/// <summary>The application that most tests share; they leave nothing in it that another could meet.</summary>
public sealed class SharedApp : IAsyncLifetime
{
    /// <summary>Pages of which may call.</summary>
    public const string FriendlyOrigin = "https://friend.example";

    private readonly TemporaryFolder _data = new();
    private TraceReceiver? _traces;
    private OnlineCompilerApp? _app;

    public OnlineCompilerApp App => _app ?? throw new InvalidOperationException("Not started.");

    public HttpClient Http => App.Http;

    /// <summary>What the services export.</summary>
    internal TraceReceiver Traces => _traces ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        _traces = await TraceReceiver.StartAsync();
        // A busy machine must not look like a client that does not begin.
        var patient = new ServiceSetting("gateway", "Gateway__Piston__InitMs", "30000");
        // Nor must the tests together look like a flood of one caller.
        var unlimited = new ServiceSetting("gateway", "Gateway__RateLimits__RunBurst", "100000");
        var friendly = new ServiceSetting("gateway", "Gateway__Cors__Origins__0", FriendlyOrigin);
        string[] traced = ["gateway", "execution"];
        _app = await OnlineCompilerApp.StartAsync(_data.Path, [.. traced.SelectMany(_traces.SettingsFor), patient, unlimited, friendly]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        if (_traces is not null)
            await _traces.DisposeAsync();
        _data.Dispose();
    }
}
