using System.Diagnostics.Metrics;
using Google.Rpc;
using global::Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Submissions;
using SubmissionState = OnlineCompiler.Execution.V1.SubmissionState;

namespace OnlineCompiler.ExecutionService.Tests.Submissions;

/// <summary>How much of Redis submissions take, and what is told of them.</summary>
public sealed class RoomTests : IAsyncLifetime
{
    private const string Bytes = "oc:{submissions}:bytes";
    private readonly RedisServer _redis = new();

    public ValueTask InitializeAsync() => _redis.InitializeAsync();

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(100_000)]
    public void What_is_stored_comes_back_as_it_was(int length)
    {
        var text = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, length).Select(number => number % 10)));
        var noise = new byte[length];
        new Random(1).NextBytes(noise);

        Assert.Equal(text, StoredBytes.Unpack(StoredBytes.Pack(text)).ToArray());
        Assert.Equal(noise, StoredBytes.Unpack(StoredBytes.Pack(noise)).ToArray());
        Assert.True(StoredBytes.Pack(noise).Length <= length + 1);
        if (length >= 256)
            Assert.True(StoredBytes.Pack(text).Length < length / 2);
    }

    [Fact]
    public async Task Of_a_result_that_is_too_large_the_end_of_its_output_and_its_artifacts_are_left_out()
    {
        await using var service = Submitting.ServiceOn(_redis, ("Submissions:MaxResultBytes", "16384"));
        var noisy = Requests.Python("import os, sys\nsys.stdout.buffer.write(os.urandom(100000))");
        var picture = Requests.Python("import os\nopen('a.bin', 'wb').write(os.urandom(100000))\nprint('done')");
        picture.Collect.Add("*.bin");

        var cut = await service.EndAsync((await service.SubmitAsync(noisy)).Id);
        var without = await service.EndAsync((await service.SubmitAsync(picture)).Id);
        var whole = await service.EndAsync((await service.SubmitAsync(Requests.Python("print('x' * 10000)"))).Id);

        Assert.True(cut.ResultCut);
        Assert.True(cut.Execution.Run.StdoutTruncated);
        Assert.Equal((Execution.V1.Outcome.Succeeded, 4096), (cut.Execution.Outcome, cut.Execution.Run.Stdout.Length));
        Assert.True(without.ResultCut);
        Assert.Empty(without.Execution.Artifacts);
        Assert.Equal("done\n", without.Execution.Run.Stdout.ToStringUtf8());
        Assert.Contains("artifacts were too large", without.Execution.Run.Message, StringComparison.Ordinal);
        Assert.False(whole.ResultCut);
        Assert.Equal(10_001, whole.Execution.Run.Stdout.Length);
    }

    [Fact]
    public async Task When_all_room_is_taken_more_are_refused_and_what_runs_keeps_a_short_result()
    {
        await using var service = Submitting.ServiceOn(
            _redis, ("Submissions:MaxKeptBytes", "1048576"), ("Submissions:TimeToLive", "00:01:00"), ("Execution:MaxConcurrent", "1"));
        var noisy = Requests.Python("import os, sys\nsys.stdout.buffer.write(os.urandom(700000))");
        var submitted = new[] { await service.SubmitAsync(noisy), await service.SubmitAsync(noisy) };
        var first = await service.EndAsync(submitted[0].Id);
        var second = await service.EndAsync(submitted[1].Id);
        var large = Requests.Python($"# {Convert.ToBase64String(Noise(400_000))}");

        var error = await Assert.ThrowsAsync<RpcException>(() => service.SubmitAsync(large));

        Assert.Equal((false, 700_000), (first.ResultCut, first.Execution.Run.Stdout.Length));
        Assert.Equal((true, true, 4096), (second.ResultCut, second.Execution.Run.StdoutTruncated, second.Execution.Run.Stdout.Length));
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        Assert.Contains("1048576 bytes", error.Status.Detail, StringComparison.Ordinal);
        // There is room when the first is forgotten.
        Assert.InRange(DelayOf(error), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60));
        // A small one still fits.
        Assert.Equal(SubmissionState.Finished, (await service.EndAsync((await service.SubmitAsync(Requests.Bash("true"))).Id)).State);
    }

    [Fact]
    public async Task What_is_forgotten_takes_no_room_any_more()
    {
        await using var service = Submitting.ServiceOn(_redis, ("Submissions:TimeToLive", "00:00:01"), ("Submissions:Lease", "00:00:00.5"));
        await using var connection = await _redis.ConnectAsync();
        var store = connection.GetDatabase();

        var end = await service.EndAsync((await service.SubmitAsync(Requests.Bash("echo 1"))).Id);
        var total = (long)await store.HashGetAsync(Bytes, "total");

        Assert.Equal(total, (long)await store.HashGetAsync(Bytes, end.Id));
        Assert.InRange(total, 20, 1000);
        await WaitFor.TrueAsync(async () => !await store.KeyExistsAsync(Bytes), Submitting.Patience);
    }

    [Fact]
    public async Task Who_is_refused_is_told_how_long_it_lately_took_until_there_was_room()
    {
        await using var service = Submitting.ServiceOn(
            _redis, ("Submissions:MaxWaiting", "2"), ("Submissions:MaxWaitingPerCaller", "1"), ("Execution:MaxConcurrent", "1"));
        await using var connection = await _redis.ConnectAsync();
        await service.SubmitAsync(Requests.Bash("sleep 50"), "ada");
        var unknown = DelayOf(await RefusedAsync(service, "ada"));
        await service.SubmitAsync(Requests.Bash("sleep 50"), "bob");

        // One ended each 20 s, the last one just now.
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await connection.GetDatabase().ListRightPushAsync("oc:{submissions}:ends", [now, now - 20_000, now - 40_000]);
        var all = DelayOf(await RefusedAsync(service, "eve"));
        var own = DelayOf(await RefusedAsync(service, "ada"));

        Assert.Equal(TimeSpan.FromSeconds(1), unknown);
        Assert.InRange(all, TimeSpan.FromSeconds(19), TimeSpan.FromSeconds(30));
        // Of two that are open one is hers: every second end.
        Assert.InRange(own, all * 1.9, all * 2.5);
    }

    [Fact]
    public async Task Metrics_tell_what_was_submitted_begun_and_ended_and_what_waits()
    {
        await using var service = Submitting.ServiceOn(_redis, ("Execution:MaxConcurrent", "1"), ("Submissions:Lease", "00:00:00.5"));
        using var measured = new Measurements(service.Service<IMeterFactory>());

        var running = await service.SubmitAsync(Requests.Bash("sleep 50"), key: "once");
        await service.SubmitAsync(Requests.Bash("sleep 50"), key: "once");
        await service.IsAsync(running.Id, SubmissionState.Running);
        var waiting = await service.SubmitAsync(Requests.Bash("true"));
        await WaitFor.TrueAsync(() => Task.FromResult(measured.Now("onlinecompiler.submissions.waiting") == 1 && measured.Now("onlinecompiler.submissions.waiting.age") > 0), Submitting.Patience);
        await service.CancelAsync(running.Id);
        await service.EndAsync(waiting.Id);
        await WaitFor.TrueAsync(() => Task.FromResult(measured.Now("onlinecompiler.submissions.waiting") == 0), Submitting.Patience);

        Assert.Equal(2, measured.Sum("onlinecompiler.submissions", "Execution"));
        Assert.Equal(2, measured.Sum("onlinecompiler.submissions.attempts", "Execution"));
        Assert.Equal(1, measured.Sum("onlinecompiler.submissions.ended", "Cancelled"));
        Assert.Equal(1, measured.Sum("onlinecompiler.submissions.ended", "Finished"));
        Assert.Equal(2, measured.Count("onlinecompiler.submissions.wait.duration"));
    }

    private static async Task<RpcException> RefusedAsync(ServiceFixture service, string caller)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => service.SubmitAsync(Requests.Bash("true"), caller));
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        return error;
    }

    private static TimeSpan DelayOf(RpcException error) => error.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan();

    private static byte[] Noise(int length)
    {
        var noise = new byte[length];
        new Random(1).NextBytes(noise);
        return noise;
    }

    /// <summary>What one service has measured of submissions.</summary>
    private sealed class Measurements : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly List<(string Name, string? Tag, double Value)> _all = [];

        public Measurements(IMeterFactory meters)
        {
            _listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == meters && instrument.Meter.Name == "OnlineCompiler.Submissions")
                    self.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.Start();
        }

        public double Now(string name)
        {
            _listener.RecordObservableInstruments();
            return Where(name).Last().Value;
        }

        public double Sum(string name, string tag) => Where(name).Where(measured => measured.Tag == tag).Sum(measured => measured.Value);

        public int Count(string name) => Where(name).Count;

        public void Dispose() => _listener.Dispose();

        private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (_all)
                _all.Add((instrument.Name, tags.Length > 0 ? tags[0].Value?.ToString() : null, value));
        }

        private List<(string Name, string? Tag, double Value)> Where(string name)
        {
            lock (_all)
                return [.. _all.Where(measured => measured.Name == name)];
        }
    }
}
