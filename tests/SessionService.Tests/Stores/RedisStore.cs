using StackExchange.Redis;

namespace OnlineCompiler.SessionService.Tests.Stores;

public sealed class RedisStore : IRunningStore, IAsyncLifetime
{
    private readonly RedisServer _server = new();
    private ConnectionMultiplexer? _direct;

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["ConnectionStrings:redis"] = _server.ConnectionString };

    public IDatabase Database => (_direct ?? throw new InvalidOperationException("It is not started.")).GetDatabase();

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _direct = await _server.ConnectAsync();
    }

    public Task<bool> IsKeptAsync(Kept kind, string id) => Database.KeyExistsAsync(Key(kind, id));

    public async Task<TimeSpan> LeftAsync(Kept kind, string id) => await Database.KeyTimeToLiveAsync(Key(kind, id)) ?? TimeSpan.MaxValue;

    public Task LeaveAsync(Kept kind, string id, TimeSpan left) => Database.KeyExpireAsync(Key(kind, id), left);

    public async Task PutInPlaceOfAsync(string snapshot, string other) =>
        await Database.HashSetAsync(Key(Kept.Snapshot, snapshot), "body", await Database.HashGetAsync(Key(Kept.Snapshot, other), "body"));

    public async Task ForgetHoldersAsync(string snapshot)
    {
        var key = Key(Kept.Snapshot, snapshot);
        var holders = (await Database.HashKeysAsync(key)).Where(field => field.StartsWith("holder:"));
        await Database.HashDeleteAsync(key, [.. holders]);
    }

    public async Task<string> TextOfAsync(Kept kind, string id) =>
        string.Join('\n', (await Database.HashGetAllAsync(Key(kind, id))).Select(field => $"{field.Name} {field.Value}"));

    public async ValueTask DisposeAsync()
    {
        if (_direct is not null)
            await _direct.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static RedisKey Key(Kept kind, string id) => kind switch
    {
        Kept.Session => $"oc:session:{{{id}}}",
        Kept.Snapshot => $"oc:snapshot:{{{id}}}",
        _ => $"oc:session-history:{{{id}}}",
    };
}
