using System.Diagnostics;
using Google.Protobuf;
using Google.Rpc;
using global::Grpc.Core;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Submissions;

public sealed class SubmissionTests(SubmittingService shared) : IClassFixture<SubmittingService>
{
    [Fact]
    public async Task A_program_is_queued_runs_and_leaves_its_result_and_nothing_else()
    {
        await using var own = new RedisServer();
        await own.StartAsync();
        await using var service = Submitting.ServiceOn(own);

        var submitted = await service.SubmitAsync(Requests.Python("print(input()[::-1])", "abc"));
        var told = await service.WatchAsync(submitted.Id);

        Assert.Equal(told.Select(one => one.State).Order(), told.Select(one => one.State).Distinct());
        var end = told[^1];
        Assert.Equal((SubmissionState.Finished, 1u), (end.State, end.Attempts));
        Assert.Equal(Outcome.Succeeded, end.Execution.Outcome);
        Assert.Equal("cba\n", end.Execution.Run.Stdout.ToStringUtf8());
        Assert.True(end.CreatedAt.ToDateTime() <= end.StartedAt.ToDateTime() && end.StartedAt.ToDateTime() <= end.FinishedAt.ToDateTime());
        Assert.InRange(end.ExpiresAt.ToDateTime() - end.FinishedAt.ToDateTime(), TimeSpan.FromMinutes(23 * 60 + 59), TimeSpan.FromMinutes(24 * 60 + 1));
        Assert.Equal(end.Execution, (await service.GetAsync(submitted.Id)).Execution);
        // Whoever begins to watch only now is told the same, once.
        Assert.Equal(end.Execution, Assert.Single(await service.WatchAsync(submitted.Id)).Execution);

        await using var connection = await own.ConnectAsync();
        var store = connection.GetDatabase();
        Assert.Equal(0, await store.StreamLengthAsync("oc:{submissions}:stream"));
        Assert.False(await store.HashExistsAsync($"oc:{{submissions}}:of:{submitted.Id}", "request"));
        Assert.Equal(0, await store.SortedSetLengthAsync("oc:{submissions}:open"));
    }

    [Fact]
    public async Task A_program_that_fails_has_a_result_like_any_other()
    {
        var service = shared.Service;

        var end = await service.EndAsync((await service.SubmitAsync(Requests.Bash("echo no >&2; exit 3"))).Id);

        Assert.Equal(SubmissionState.Finished, end.State);
        Assert.Equal((Outcome.NonzeroExit, 3, "no\n"), (end.Execution.Outcome, end.Execution.Run.ExitCode, end.Execution.Run.Stderr.ToStringUtf8()));
    }

    [Fact]
    public async Task A_judgement_has_all_its_verdicts()
    {
        var service = shared.Service;
        var request = new SubmitRequest
        {
            Judgement = new JudgeRequest
            {
                Program = Requests.Python("print(int(input()) * 2)"),
                Tests = { Test("1", "2"), Test("2", "5"), Test("3", "6") },
            },
        };

        var submitted = await service.Client.SubmitAsync(request, cancellationToken: TestContext.Current.CancellationToken);
        var end = await service.EndAsync(submitted.Id);

        Assert.Equal(SubmissionState.Finished, end.State);
        Assert.Equal(Verdict.WrongAnswer, end.Judgement.Result.Verdict);
        Assert.Equal([Verdict.Accepted, Verdict.WrongAnswer, Verdict.Accepted], end.Judgement.Tests.Select(test => test.Verdict));
    }

    [Fact]
    public async Task The_same_key_with_the_same_request_is_the_same_submission()
    {
        var service = shared.Service;
        ExecuteRequest Program(string text, params string[] names)
        {
            var program = Requests.Bash($"echo {text}");
            program.RequestId = Guid.NewGuid().ToString("N");
            foreach (var name in names)
                program.Environment[name] = "x";
            return program;
        }

        var first = await service.SubmitAsync(Program("one", "A", "B"), "ada", "key-1");
        var again = await service.SubmitAsync(Program("one", "B", "A"), "ada", "key-1");
        await service.EndAsync(first.Id);
        var later = await service.SubmitAsync(Program("one", "A", "B"), "ada", "key-1");
        var other = await service.SubmitAsync(Program("one", "A", "B"), "bob", "key-1");
        var error = await Assert.ThrowsAsync<RpcException>(() => service.SubmitAsync(Program("two"), "ada", "key-1"));

        Assert.Equal(first.Id, again.Id);
        Assert.Equal((false, true, true, false), (first.Repeated, again.Repeated, later.Repeated, other.Repeated));
        Assert.Equal((first.Id, SubmissionState.Finished), (later.Id, later.State));
        Assert.NotEqual(first.Id, other.Id);
        Assert.Equal(StatusCode.AlreadyExists, error.StatusCode);
        Assert.Equal(1u, (await service.EndAsync(first.Id)).Attempts);
    }

    [Fact]
    public async Task Simultaneous_calls_with_one_key_make_one_submission()
    {
        var service = shared.Service;

        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => service.SubmitAsync(Requests.Bash("true"), "eve", "at-once")));

        Assert.Single(ids.Select(submission => submission.Id).Distinct());
    }

    [Theory]
    [InlineData("work", "")]
    [InlineData("execution.language", "execution")]
    [InlineData("judgement.tests", "judgement")]
    [InlineData("idempotency_key", "key")]
    [InlineData("caller", "caller")]
    public async Task What_is_wrong_is_told_at_once_with_its_field(string field, string wrong)
    {
        var service = shared.Service;
        var request = wrong switch
        {
            "execution" => new SubmitRequest { Execution = Requests.Program("no such", "x") },
            "judgement" => new SubmitRequest { Judgement = new JudgeRequest { Program = Requests.Bash("true") } },
            "key" => new SubmitRequest { Execution = Requests.Bash("true"), IdempotencyKey = "a b" },
            "caller" => new SubmitRequest { Execution = Requests.Bash("true"), Caller = new string('x', 129) },
            _ => new SubmitRequest(),
        };

        var error = await Assert.ThrowsAsync<RpcException>(async () => await service.Client.SubmitAsync(request, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains(error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations, violation => violation.Field == field);
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("no such")]
    public async Task What_was_never_submitted_is_not_found(string id)
    {
        var service = shared.Service;

        foreach (var call in (Func<Task>[])[() => service.GetAsync(id), () => service.WatchAsync(id), () => service.CancelAsync(id)])
            Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(call)).StatusCode);
    }

    [Fact]
    public async Task Without_a_Redis_the_calls_name_the_setting_and_programs_run()
    {
        await using var service = new ServiceFixture();

        foreach (var call in (Func<Task>[])[() => service.SubmitAsync(Requests.Bash("true")), () => service.GetAsync("x"), () => service.WatchAsync("x"), () => service.CancelAsync("x")])
        {
            var error = await Assert.ThrowsAsync<RpcException>(call);
            Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
            Assert.Equal("ConnectionStrings:redis", error.GetRpcStatus()!.GetDetail<PreconditionFailure>()!.Violations.Single().Subject);
        }
        var answer = await service.Client.ExecuteAsync(Requests.Bash("echo runs"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("runs\n", answer.Run.Stdout.ToStringUtf8());
    }

    [Theory]
    [InlineData("TimeToLive", "00:00:00")]
    [InlineData("Lease", "00:00:00.1")]
    [InlineData("MaxAttempts", "11")]
    [InlineData("MaxWaiting", "0")]
    [InlineData("MaxWaitingPerCaller", "10001")]
    [InlineData("MaxCallbacks", "0")]
    [InlineData("MaxResultBytes", "16383")]
    [InlineData("MaxKeptBytes", "1000")]
    public void A_setting_out_of_its_range_is_named_at_the_start(string setting, string value)
    {
        var error = Assert.ThrowsAny<Exception>(() => Submitting.ServiceOn(shared.Redis, ($"Submissions:{setting}", value)));

        Assert.Contains($"Submissions:{setting} must be from", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submissions_are_forgotten_when_their_time_is_over_and_nothing_stays()
    {
        await using var own = new RedisServer();
        await own.StartAsync();
        await using var service = Submitting.ServiceOn(own, ("Submissions:TimeToLive", "00:00:02"), ("Submissions:Lease", "00:00:00.5"), ("Execution:MaxConcurrent", "1"));
        var running = await service.SubmitAsync(Requests.Bash("sleep 30"), key: "a");
        var waiting = await service.SubmitAsync(Requests.Bash("true"), key: "b");
        await service.IsAsync(running.Id, SubmissionState.Running);
        await service.CancelAsync(waiting.Id);

        var watch = Stopwatch.StartNew();
        await WaitFor.TrueAsync(async () => await IsForgottenAsync(service, running.Id) && await IsForgottenAsync(service, waiting.Id), Submitting.Patience);

        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(1));
        // What ran of it was killed: its place is free.
        Assert.Equal(SubmissionState.Finished, (await service.EndAsync((await service.SubmitAsync(Requests.Bash("true"))).Id)).State);
        await using var connection = await own.ConnectAsync();
        await WaitFor.TrueAsync(
            () => Task.FromResult(connection.GetServers()[0].Keys().Select(key => key.ToString()).ToHashSet().IsSubsetOf(["oc:{submissions}:stream", "oc:{submissions}:workers"])),
            Submitting.Patience);
        await WaitFor.TrueAsync(async () => await connection.GetDatabase().StreamLengthAsync("oc:{submissions}:stream") == 0, Submitting.Patience);
    }

    private static async Task<bool> IsForgottenAsync(ServiceFixture service, string id)
    {
        try
        {
            await service.GetAsync(id);
            return false;
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.NotFound)
        {
            return true;
        }
    }

    private static JudgeTest Test(string input, string output) =>
        new() { Input = ByteString.CopyFromUtf8(input), ExpectedOutput = ByteString.CopyFromUtf8(output) };
}
