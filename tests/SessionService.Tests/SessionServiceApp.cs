using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using OnlineCompiler.Session.V1;
using SessionsClient = OnlineCompiler.Session.V1.Sessions.SessionsClient;

namespace OnlineCompiler.SessionService.Tests;

/// <summary>The whole service in this process, called over gRPC.</summary>
internal sealed class SessionServiceApp : IAsyncDisposable
{
    private readonly WebApplicationFactory<global::Program> _factory;
    private readonly GrpcChannel _channel;

    public SessionServiceApp(string connectionString, TimeSpan? timeToLive = null, TimeProvider? time = null)
    {
        _factory = new WebApplicationFactory<global::Program>().WithWebHostBuilder(host =>
        {
            host.UseSetting("ConnectionStrings:redis", connectionString);
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

    public HttpClient Http => _factory.CreateClient();

    public async Task<SessionRecord> CreateAsync(string owner, string title = "Greeting") =>
        await Client.CreateSessionAsync(new CreateSessionRequest { Owner = owner, Content = SampleContent(title) });

    public async Task<SessionRecord> GetAsync(string owner, string id) =>
        await Client.GetSessionAsync(new GetSessionRequest { Owner = owner, Id = id });

    public async Task<SessionRecord> SaveAsync(string owner, string id, ulong version, string title) =>
        await Client.SaveSessionAsync(
            new SaveSessionRequest { Owner = owner, Id = id, Version = version, Content = SampleContent(title) });

    public async Task<ListSessionsResponse> ListAsync(string owner, uint pageSize = 0, string pageToken = "") =>
        await Client.ListSessionsAsync(new ListSessionsRequest { Owner = owner, PageSize = pageSize, PageToken = pageToken });

    public async Task<Snapshot> ShareAsync(SessionContent content, TimeSpan? timeToLive = null) => await Client.CreateSnapshotAsync(
        new CreateSnapshotRequest { Content = content, TimeToLive = timeToLive is { } value ? Duration.FromTimeSpan(value) : null });

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
    };

    public static async Task<RpcException> FailsAsync(StatusCode expected, Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(expected, exception.StatusCode);
        return exception;
    }
}
