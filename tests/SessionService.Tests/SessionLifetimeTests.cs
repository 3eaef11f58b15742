using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OnlineCompiler.SessionService.Storage;

namespace OnlineCompiler.SessionService.Tests;

public sealed class SessionLifetimeTests(RedisServer redis) : IClassFixture<RedisServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _owner = SessionServiceApp.NewOwner();

    [Fact]
    public async Task A_session_is_forgotten_when_its_time_to_live_has_passed()
    {
        await using var app = new SessionServiceApp(redis.ConnectionString, timeToLive: TimeSpan.FromSeconds(1));
        var session = await app.CreateAsync(_owner);
        await using var direct = await redis.ConnectAsync();

        await WaitFor.TrueAsync(async () => !await direct.GetDatabase().KeyExistsAsync(Key(session.Id)), Patience);

        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => app.GetAsync(_owner, session.Id));
        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => app.SaveAsync(_owner, session.Id, 1, "Too late"));
        Assert.Empty((await app.ListAsync(_owner)).Sessions);
    }

    [Fact]
    public async Task Reading_and_saving_renew_the_time_to_live_and_listing_does_not()
    {
        await using var app = new SessionServiceApp(redis.ConnectionString);
        var session = await app.CreateAsync(_owner);
        await using var direct = await redis.ConnectAsync();
        var database = direct.GetDatabase();

        await database.KeyExpireAsync(Key(session.Id), TimeSpan.FromMinutes(1));
        await app.ListAsync(_owner);
        Assert.InRange((await database.KeyTimeToLiveAsync(Key(session.Id)))!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));

        await app.GetAsync(_owner, session.Id);
        Assert.True(await database.KeyTimeToLiveAsync(Key(session.Id)) > TimeSpan.FromDays(6));

        await database.KeyExpireAsync(Key(session.Id), TimeSpan.FromMinutes(1));
        await app.SaveAsync(_owner, session.Id, 1, "Saved");
        Assert.True(await database.KeyTimeToLiveAsync(Key(session.Id)) > TimeSpan.FromDays(6));
    }

    [Fact]
    public async Task A_stale_save_renews_nothing()
    {
        await using var app = new SessionServiceApp(redis.ConnectionString);
        var session = await app.CreateAsync(_owner);
        await using var direct = await redis.ConnectAsync();
        await direct.GetDatabase().KeyExpireAsync(Key(session.Id), TimeSpan.FromMinutes(1));

        await SessionServiceApp.FailsAsync(StatusCode.Aborted, () => app.SaveAsync(_owner, session.Id, 9, "From the future"));

        Assert.True(await direct.GetDatabase().KeyTimeToLiveAsync(Key(session.Id)) <= TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void A_time_to_live_out_of_range_stops_the_start_and_names_the_setting()
    {
        var builder = WebApplication.CreateBuilder(["--Sessions:TimeToLive=00:00:00.5"]);
        builder.AddSessionStore();
        using var services = builder.Services.BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains("Sessions:TimeToLive", exception.Message, StringComparison.Ordinal);
    }

    private static string Key(string id) => $"oc:session:{{{id}}}";
}
