using System.Collections;
using System.Diagnostics;
using System.Runtime.InteropServices;

// Behaves, and misbehaves, as its environment and its callers say.
if (Environment.GetEnvironmentVariable("SAMPLE_EXIT_CODE") is { } exitCode)
{
    Console.Error.WriteLine("I end at once.");
    return int.Parse(exitCode, System.Globalization.CultureInfo.InvariantCulture);
}

var isHealthy = Environment.GetEnvironmentVariable("SAMPLE_UNHEALTHY") is null;
using var stubborn = Environment.GetEnvironmentVariable("SAMPLE_STUBBORN") is null
    ? null
    : PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true);
if (Environment.GetEnvironmentVariable("SAMPLE_CHILD") is not null)
    Process.Start("sleep", "600");

var builder = WebApplication.CreateBuilder(args);
if (stubborn is not null)
    builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
var app = builder.Build();

app.MapGet("/health/ready", () => isHealthy ? Results.Text("well") : Results.Text("no disk", statusCode: 503));
app.MapPost("/health/{state}", (string state) => isHealthy = state == "good");
app.MapGet("/environment", () => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!));
app.MapPost("/say", (string text) => Console.WriteLine(text));
app.MapPost("/exit", () => Environment.Exit(7));

await app.RunAsync();
return 0;

/// <summary>Does not listen to signals.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
