using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using OnlineCompiler.Session.V1;
using OnlineCompiler.SessionService.Tests.Stores;
using SessionsClient = OnlineCompiler.Session.V1.Sessions.SessionsClient;

namespace OnlineCompiler.SessionService.Tests;

/// <summary>The whole service in this process, called over gRPC.</summary>
internal sealed class SessionServiceApp : IAsyncDisposable
{
    private readonly WebApplicationFactory<global::Program> _factory;
    private readonly GrpcChannel _channel;

    public SessionServiceApp(IRunningStore store, TimeSpan? timeToLive = null, TimeProvider? time = null)
        : this(store.Settings, timeToLive, time)
    {
    }

    /// <summary>With the Redis of this connection string.</summary>
    public SessionServiceApp(string connectionString, TimeSpan? timeToLive = null, TimeProvider? time = null)
        : this(new Dictionary<string, string> { ["ConnectionStrings:redis"] = connectionString }, timeToLive, time)
    {
    }

    public SessionServiceApp(IReadOnlyDictionary<string, string> settings, TimeSpan? timeToLive = null, TimeProvider? time = null)
    {
        _factory = new WebApplicationFactory<global::Program>().WithWebHostBuilder(host =>
        {
            foreach (var (key, setting) in settings)
                host.UseSetting(key, setting);
            if (timeToLive is { } value)
                host.UseSetting("Sessions:TimeToLive", value.ToString());
            if (time is not null)
                host.ConfigureServices(services => services.AddSingleton(time));
        });
        _channel = GrpcChannel.ForAddress(
            _factory.Server.BaseAddress,
            new GrpcChannelOptions { HttpHandler = _factory.Server.CreateHandler(), MaxReceiveMessageSize = null });
        Client = new SessionsClient(_channel);
        Health = new Health.HealthClient(_channel);
    }

    public SessionsClient Client { get; }

    public Health.HealthClient Health { get; }

    public IServiceProvider Services => _factory.Services;

    public HttpClient Http => _factory.CreateClient();

    public async Task<SessionRecord> CreateAsync(string owner, string title = "Greeting") =>
        await Client.CreateSessionAsync(new CreateSessionRequest { Owner = owner, Content = SampleContent(title) });

    public async Task<SessionRecord> CreateAsync(string owner, SessionContent content) =>
        await Client.CreateSessionAsync(new CreateSessionRequest { Owner = owner, Content = content });

    public async Task<SessionRecord> GetAsync(string owner, string id) =>
        await Client.GetSessionAsync(new GetSessionRequest { Owner = owner, Id = id });

    public async Task<SessionRecord> SaveAsync(string owner, string id, ulong version, string title) =>
        await Client.SaveSessionAsync(
            new SaveSessionRequest { Owner = owner, Id = id, Version = version, Content = SampleContent(title) });

    public async Task<SessionRecord> SaveAsync(string owner, string id, ulong version, SessionContent content) =>
        await Client.SaveSessionAsync(new SaveSessionRequest { Owner = owner, Id = id, Version = version, Content = content });

    public async Task DeleteAsync(string owner, string id) =>
        await Client.DeleteSessionAsync(new DeleteSessionRequest { Owner = owner, Id = id });

    public async Task<ListSessionsResponse> ListAsync(string owner, uint pageSize = 0, string pageToken = "") =>
        await Client.ListSessionsAsync(new ListSessionsRequest { Owner = owner, PageSize = pageSize, PageToken = pageToken });

    public async Task<Snapshot> ShareAsync(SessionContent content, TimeSpan? timeToLive = null, string deleteToken = "") => await Client.CreateSnapshotAsync(
        new CreateSnapshotRequest { Content = content, TimeToLive = timeToLive is { } value ? Duration.FromTimeSpan(value) : null, DeleteToken = deleteToken });

    public async Task UnshareAsync(string id, string deleteToken) =>
        await Client.DeleteSnapshotAsync(new DeleteSnapshotRequest { Id = id, DeleteToken = deleteToken });

    public async Task<SessionRecord> RenameAsync(string owner, string id, string title) =>
        await Client.RenameSessionAsync(new RenameSessionRequest { Owner = owner, Id = id, Title = title });

    public async Task<SessionRecord> CopyAsync(string owner, string id, string title = "") =>
        await Client.CopySessionAsync(new CopySessionRequest { Owner = owner, Id = id, Title = title });

    public async Task<History> GetHistoryAsync(string owner, string id) => await Client.GetHistoryAsync(new GetHistoryRequest { Owner = owner, Id = id });

    public async Task<SessionRecord> GetVersionAsync(string owner, string id, ulong version) =>
        await Client.GetVersionAsync(new GetVersionRequest { Owner = owner, Id = id, Version = version });

    public async Task AddRunAsync(string owner, string id, SessionRun run) =>
        await Client.AddRunAsync(new AddRunRequest { Owner = owner, Id = id, Run = run });

    public async Task<Snapshot> GetSnapshotAsync(string id) => await Client.GetSnapshotAsync(new GetSnapshotRequest { Id = id });

    public async Task<SessionRecord> ForkAsync(string owner, string id) =>
        await Client.ForkSnapshotAsync(new ForkSnapshotRequest { Owner = owner, Id = id });

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _factory.DisposeAsync();
    }

    public static string NewOwner() => Guid.NewGuid().ToString("N");

    public static SessionContent SampleContent(string title = "Greeting") => new()
    {
        Title = title,
        Language = "python",
        Files =
        {
            new SessionFile { Path = "main.py", Content = "from lib.greet import greet\nprint(greet(input()))\n" },
            new SessionFile { Path = "lib/greet.py", Content = "def greet(name): return f'¡Hola, {name} — 你好 \\0 🎉!'\n" },
        },
        Stdin = "Zoë\n",
        Arguments = { "--loud", "" },
        EntryPoint = "main.py",
        CompilerArguments = { "-O2" },
        LanguageVersion = "^3.11",
    };

    public static async Task<RpcException> FailsAsync(StatusCode expected, Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(expected, exception.StatusCode);
        return exception;
    }
}
