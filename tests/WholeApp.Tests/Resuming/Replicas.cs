using OnlineCompiler.Tests.Ports;

namespace OnlineCompiler.WholeApp.Tests.Resuming;

/// <summary>One Gateway in front of two ExecutionServices, of which any may get a call.</summary>
internal sealed class Replicas : IDisposable
{
    private readonly List<(string Key, string Value)> _gatewaySettings = [];

    private ServiceProcess? _gateway;

    public Uri Address { get; } = Free();

    public List<ServiceProcess> Executions { get; } = [];

    public static async Task<Replicas> StartAsync(TimeSpan drain)
    {
        var replicas = new Replicas();
        var ports = new[] { FreePort.Next(), FreePort.Next() };
        var addresses = new[] { Free(), Free() };
        replicas.Executions.AddRange(await Task.WhenAll(ports.Zip(addresses, (port, address) => ServiceProcess.StartAsync("ExecutionService", address,
        [
            ("GRPC_PORT", $"{port}"),
            ("Languages__AskAtStart", "false"),
            ("Sandbox__Prepared__Enabled", "false"),
            ("Execution__MaxConcurrent", "64"),
            ("Execution__DrainTimeout", $"{drain}"),
        ]))));
        for (var index = 0; index < ports.Length; index++)
            replicas._gatewaySettings.Add(($"services__execution__grpc__{index}", $"http://localhost:{ports[index]}"));
        // Only what programs need.
        foreach (var service in new[] { "session", "ai" })
            replicas._gatewaySettings.Add(($"services__{service}__grpc__0", $"http://localhost:{ports[0]}"));
        replicas._gatewaySettings.AddRange(
        [
            ("GRPC_PORT", $"{FreePort.Next()}"),
            ("services__web__http__0", addresses[0].GetLeftPart(UriPartial.Authority)),
            ("Gateway__Readiness__WarmUpRuns", "0"),
            ("Gateway__RateLimits__RunBurst", "100000"),
            ("Gateway__RateLimits__RequestBurst", "100000"),
            ("Gateway__RateLimits__ConcurrentRuns", "1000"),
        ]);
        await replicas.StartGatewayAsync();
        return replicas;
    }

    /// <summary>At the address of the one before.</summary>
    public async Task StartGatewayAsync() => _gateway = await ServiceProcess.StartAsync("Gateway", Address, _gatewaySettings);

    public async Task EndGatewayAsync(int signal)
    {
        _gateway!.Send(signal);
        await _gateway.ExitedAsync(TimeSpan.FromSeconds(40));
        _gateway.Dispose();
    }

    public void Dispose()
    {
        _gateway?.Dispose();
        foreach (var execution in Executions)
            execution.Dispose();
    }

    private static Uri Free() => new($"http://127.0.0.1:{FreePort.Next()}");
}
