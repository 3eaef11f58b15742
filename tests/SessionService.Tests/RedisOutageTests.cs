using System.Diagnostics;
using System.Net;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace OnlineCompiler.SessionService.Tests;

public sealed class RedisOutageTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _owner = SessionServiceApp.NewOwner();

    [Fact]
    public async Task Sessions_survive_a_crash_of_Redis_and_a_restart_of_everything()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        string id;
        await using (var before = new SessionServiceApp(redis.ConnectionString))
            id = (await before.CreateAsync(_owner)).Id;

        redis.Stop();
        await redis.StartAsync();

        await using var after = new SessionServiceApp(redis.ConnectionString);
        Assert.Equal(SessionServiceApp.SampleContent(), (await after.GetAsync(_owner, id)).Content);
        Assert.Single((await after.ListAsync(_owner)).Sessions);
    }

    [Fact]
    public async Task Calls_fail_soon_while_Redis_is_down_and_work_again_when_it_is_back()
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var app = new SessionServiceApp(redis.ConnectionString);
        var session = await app.CreateAsync(_owner);

        redis.Stop();
        var watch = Stopwatch.StartNew();
        var failure = await SessionServiceApp.FailsAsync(StatusCode.Unavailable, () => app.GetAsync(_owner, session.Id));

        // About two seconds; the rest is for a machine that is busy with other tests.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        Assert.True(failure.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan() > TimeSpan.Zero);

        await redis.StartAsync();
        await WaitFor.TrueAsync(() => SucceedsAsync(() => app.GetAsync(_owner, session.Id)), Patience);
        await app.SaveAsync(_owner, session.Id, session.Version, "After the outage");
    }

    [Fact]
    public async Task The_service_starts_before_Redis_and_is_ready_when_Redis_is()
    {
        await using var redis = new RedisServer();
        await using var app = new SessionServiceApp(redis.ConnectionString);
        using var http = app.Http;

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, "/health/live"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(http, "/health/ready"));
        Assert.Equal(ServingStatus.NotServing, await ServingAsync(app));
        await SessionServiceApp.FailsAsync(StatusCode.Unavailable, () => app.CreateAsync(_owner));

        await redis.StartAsync();
        await WaitFor.TrueAsync(async () => await StatusAsync(http, "/health/ready") == HttpStatusCode.OK, Patience);
        Assert.Equal(ServingStatus.Serving, await ServingAsync(app));
        await app.CreateAsync(_owner);
    }

    [Fact]
    public async Task Everything_works_on_a_cluster_where_no_script_may_cross_slots()
    {
        await using var redis = RedisServer.AsCluster();
        await redis.StartAsync();
        await using var direct = await redis.ConnectAsync();
        await direct.GetServers()[0].ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
        await using var app = new SessionServiceApp(redis.ConnectionString);
        await WaitFor.TrueAsync(() => SucceedsAsync(() => app.CreateAsync(_owner)), Patience);

        var session = await app.CreateAsync(_owner);
        await app.SaveAsync(_owner, session.Id, 1, "Saved");
        Assert.Equal("Saved", (await app.GetAsync(_owner, session.Id)).Content.Title);
        Assert.Equal(session.Id, (await app.ListAsync(_owner)).Sessions[0].Id);
    }

    /// <summary>The same over gRPC, which is how the Gateway asks.</summary>
    private static async Task<ServingStatus> ServingAsync(SessionServiceApp app) =>
        (await app.Health.CheckAsync(new HealthCheckRequest(), cancellationToken: TestContext.Current.CancellationToken)).Status;

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }

    private static async Task<bool> SucceedsAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable)
        {
            return false;
        }
    }
}
