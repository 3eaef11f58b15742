namespace OnlineCompiler.ExecutionService.Tests.Submissions;

/// <summary>A service on a Redis of its own, for tests that leave nothing in it that another could meet: starting one takes longer than most of them.</summary>
public sealed class SubmittingService : IAsyncLifetime
{
    private ServiceFixture? _service;

    public RedisServer Redis { get; } = new();

    public ServiceFixture Service => _service ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        await Redis.StartAsync();
        _service = Submitting.ServiceOn(Redis);
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
            await _service.DisposeAsync();
        await Redis.DisposeAsync();
    }
}
