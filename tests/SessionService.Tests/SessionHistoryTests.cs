using Google.Rpc;
using Grpc.Core;
using OnlineCompiler.Session.V1;
using OnlineCompiler.SessionService.Tests.Stores;

namespace OnlineCompiler.SessionService.Tests;

public sealed class HistoriesInRedis(RedisStore store) : SessionHistoryTests(store), IClassFixture<RedisStore>;

/// <summary>The same of every store.</summary>
public abstract class SessionHistoryTests(IRunningStore store)
{
    protected string Owner { get; } = SessionServiceApp.NewOwner();
    private readonly Clock _clock = new();

    [Fact]
    public async Task An_earlier_version_can_be_read_and_saved_again()
    {
        await using var app = Start();
        var first = await app.CreateAsync(Owner);
        await SaveAsync(app, first.Id, 1, "print('later')", TimeSpan.FromMinutes(2));

        var earlier = await app.GetVersionAsync(Owner, first.Id, 1);
        var history = await app.GetHistoryAsync(Owner, first.Id);

        Assert.Equal((1ul, first.Content, first.SavedAt), (earlier.Version, earlier.Content, earlier.SavedAt));
        Assert.Equal([2ul, 1ul], history.Versions.Select(version => version.Version));
        Assert.Equal((ulong)"print('later')".Length, history.Versions[0].ContentBytes);
        var back = await app.SaveAsync(Owner, first.Id, 2, earlier.Content);
        Assert.Equal((3ul, first.Content), (back.Version, back.Content));
    }

    [Fact]
    public async Task Steps_of_typing_make_room_but_what_was_run_stays()
    {
        await using var app = Start();
        var made = await app.CreateAsync(Owner);
        for (ulong version = 1; version <= 5; version++)
        {
            await SaveAsync(app, made.Id, version, $"print({version})", TimeSpan.FromSeconds(2));
            if (version == 2)
                await app.AddRunAsync(Owner, made.Id, Run(version: 3));
        }

        var history = await app.GetHistoryAsync(Owner, made.Id);

        // The first, the one that ran, and the last.
        Assert.Equal([6ul, 3ul, 1ul], history.Versions.Select(version => version.Version));
        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => app.GetVersionAsync(Owner, made.Id, 2));
    }

    [Fact]
    public async Task However_long_somebody_works_the_first_version_and_recent_ones_are_there()
    {
        await using var app = Start();
        var made = await app.CreateAsync(Owner);
        for (ulong version = 1; version <= 60; version++)
            await SaveAsync(app, made.Id, version, $"print({version})", TimeSpan.FromMinutes(2));

        var versions = (await app.GetHistoryAsync(Owner, made.Id)).Versions.Select(version => version.Version).ToList();

        Assert.Equal(30, versions.Count);
        Assert.Equal([61ul, 60ul, 59ul], versions.Take(3));
        Assert.Equal(1ul, versions[^1]);
        // Old ones are further apart than new ones, but nowhere is there a hole.
        Assert.True(versions.Zip(versions.Skip(1), (newer, older) => newer - older).Max() <= 12, string.Join(' ', versions));
    }

    [Fact]
    public async Task Versions_take_bounded_room()
    {
        await using var app = Start();
        var made = await app.CreateAsync(Owner);
        var big = new string('x', 900 * 1024);
        for (ulong version = 1; version <= 4; version++)
            await SaveAsync(app, made.Id, version, big + version, TimeSpan.FromMinutes(2));

        var history = await app.GetHistoryAsync(Owner, made.Id);

        Assert.Equal([5ul, 4ul], history.Versions.Select(version => version.Version));
    }

    [Fact]
    public async Task The_last_runs_are_kept_with_what_they_took()
    {
        await using var app = Start();
        var made = await app.CreateAsync(Owner);
        for (var exitCode = 0; exitCode <= 50; exitCode++)
            await app.AddRunAsync(Owner, made.Id, Run(exitCode: exitCode));

        var runs = (await app.GetHistoryAsync(Owner, made.Id)).Runs;

        Assert.Equal(Enumerable.Range(1, 50).Reverse(), runs.Select(run => run.ExitCode));
        Assert.Equal(_clock.GetUtcNow(), runs[0].RanAt.ToDateTimeOffset());
        runs[0].RanAt = null;
        Assert.Equal(Run(exitCode: 50), runs[0]);
    }

    [Fact]
    public async Task Runs_that_end_together_are_all_kept()
    {
        await using var app = Start();
        var made = await app.CreateAsync(Owner);

        await Task.WhenAll(Enumerable.Range(1, 4).Select(exitCode => app.AddRunAsync(Owner, made.Id, Run(exitCode: exitCode))));

        Assert.Equal([1, 2, 3, 4], (await app.GetHistoryAsync(Owner, made.Id)).Runs.Select(run => run.ExitCode).Order());
    }

    [Fact]
    public async Task A_new_name_keeps_the_program_and_counts_as_a_version()
    {
        await using var app = Start();
        var made = await app.CreateAsync(Owner);

        var renamed = await app.RenameAsync(Owner, made.Id, "Better");

        Assert.Equal((2ul, "Better", 0), (renamed.Version, renamed.Content.Title, renamed.Content.Files.Count));
        made.Content.Title = "Better";
        Assert.Equal(made.Content, (await app.GetAsync(Owner, made.Id)).Content);
        Assert.Equal(2ul, (await app.RenameAsync(Owner, made.Id, "Better")).Version);
    }

    [Fact]
    public async Task A_copy_is_a_program_of_its_own()
    {
        await using var app = Start();
        var made = await app.CreateAsync(Owner);

        var copy = await app.CopyAsync(Owner, made.Id, "Greeting (copy)");
        await app.SaveAsync(Owner, copy.Id, copy.Version, "Changed");

        Assert.NotEqual(made.Id, copy.Id);
        Assert.Equal((1ul, "Greeting (copy)"), (copy.Version, copy.Content.Title));
        Assert.Equal(made.Content.Files, copy.Content.Files);
        Assert.Equal(made.Content, (await app.GetAsync(Owner, made.Id)).Content);
        Assert.Equal("Greeting", (await app.CopyAsync(Owner, made.Id)).Content.Title);
    }

    [Fact]
    public async Task To_anyone_but_theOwner_there_is_no_history()
    {
        await using var app = Start();
        var made = await app.CreateAsync(Owner);
        var stranger = SessionServiceApp.NewOwner();

        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => app.GetHistoryAsync(stranger, made.Id));
        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => app.GetVersionAsync(stranger, made.Id, 1));
        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => app.AddRunAsync(stranger, made.Id, Run()));
        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => app.RenameAsync(stranger, made.Id, "Stolen"));
        await SessionServiceApp.FailsAsync(StatusCode.NotFound, () => app.CopyAsync(stranger, made.Id));
    }

    [Fact]
    public async Task A_deleted_session_leaves_no_history()
    {
        await using var app = Start();
        var made = await app.CreateAsync(Owner);
        Assert.True(await store.IsKeptAsync(Kept.History, made.Id));

        await app.DeleteAsync(Owner, made.Id);

        Assert.False(await store.IsKeptAsync(Kept.History, made.Id));
    }

    [Fact]
    public async Task A_history_lives_at_least_as_long_as_its_session_however_often_that_is_renewed()
    {
        await using var app = new SessionServiceApp(store);
        var made = await app.CreateAsync(Owner);
        Assert.True(await store.LeftAsync(Kept.History, made.Id) > TimeSpan.FromDays(6));

        await store.LeaveAsync(Kept.History, made.Id, TimeSpan.FromMinutes(1));
        await app.GetAsync(Owner, made.Id);
        Assert.True(await store.LeftAsync(Kept.History, made.Id) > TimeSpan.FromDays(6));

        await store.LeaveAsync(Kept.History, made.Id, TimeSpan.FromMinutes(1));
        await app.AddRunAsync(Owner, made.Id, Run());
        Assert.True(await store.LeftAsync(Kept.History, made.Id) > TimeSpan.FromDays(6));
    }

    [Fact]
    public async Task A_history_whose_time_has_passed_is_none_and_begins_anew()
    {
        await using var app = new SessionServiceApp(store);
        var made = await app.CreateAsync(Owner);
        await app.AddRunAsync(Owner, made.Id, Run(exitCode: 1));
        await store.LeaveAsync(Kept.History, made.Id, TimeSpan.FromSeconds(-1));

        var none = await app.GetHistoryAsync(Owner, made.Id);
        await app.AddRunAsync(Owner, made.Id, Run(exitCode: 2));

        Assert.Empty(none.Runs);
        Assert.Empty(none.Versions);
        Assert.Equal(2, Assert.Single((await app.GetHistoryAsync(Owner, made.Id)).Runs).ExitCode);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_named()
    {
        await using var app = Start();
        var made = await app.CreateAsync(Owner);
        string[] FieldsOf(RpcException refusal) => [.. refusal.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(violation => violation.Field)];

        Assert.Equal(["title"], FieldsOf(await SessionServiceApp.FailsAsync(StatusCode.InvalidArgument, () => app.RenameAsync(Owner, made.Id, new string('x', 121)))));
        Assert.Equal(["title"], FieldsOf(await SessionServiceApp.FailsAsync(StatusCode.InvalidArgument, () => app.CopyAsync(Owner, made.Id, new string('x', 121)))));
        Assert.Equal(
            ["run.version", "run.outcome"],
            FieldsOf(await SessionServiceApp.FailsAsync(StatusCode.InvalidArgument, () => app.AddRunAsync(Owner, made.Id, new SessionRun { Outcome = "not a word" }))));
    }

    private SessionServiceApp Start() => new(store, time: _clock);

    private async Task SaveAsync(SessionServiceApp app, string id, ulong version, string code, TimeSpan after)
    {
        _clock.Advance(after);
        var content = SessionServiceApp.SampleContent();
        content.Files.Clear();
        content.Files.Add(new SessionFile { Path = "main.py", Content = code });
        await app.SaveAsync(Owner, id, version, content);
    }

    private static SessionRun Run(ulong version = 1, int exitCode = 0) => new()
    {
        Version = version,
        Outcome = "nonzeroExit",
        ExitCode = exitCode,
        WallTimeUs = 6100,
        CpuTimeUs = 4900,
        MemoryPeakBytes = 9_437_184,
    };

    private sealed class Clock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan time) => _now += time;
    }
}
