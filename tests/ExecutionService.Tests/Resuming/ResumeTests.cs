using global::Grpc.Core;
using Google.Rpc;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Executions.Resuming;

namespace OnlineCompiler.ExecutionService.Tests.Resuming;

public sealed class ResumeTests(ServiceFixture service)
{
    private const string Counter = "echo ready; while read x; do echo got $x; [ $x = end ] && exit 7; done";

    [Fact]
    public async Task A_run_whose_connection_broke_goes_on_and_says_what_was_missed_once()
    {
        using var talk = new ResumableTalk(service);
        await talk.StartAsync(Requests.Bash("for i in $(seq 1 200); do echo line $i; [ $i = 100 ] && sleep 0.2; done; read x; echo got $x"));
        Assert.Equal(30_000u, talk.GraceMs);
        await talk.ReadUntilAsync("line 1\n");
        talk.Lose();

        await talk.ResumeAsync();
        await talk.ReadUntilAsync("line 200\n");
        talk.Lose();
        await talk.ResumeAsync();
        await talk.TypeAsync("it\n");
        var result = await talk.ResultAsync();

        Assert.Equal(string.Concat(Enumerable.Range(1, 200).Select(line => $"line {line}\n")) + "got it\n", talk.Printed);
        Assert.Equal(0u, talk.MissedBytes);
        Assert.Equal(Outcome.Succeeded, result.Outcome);
    }

    [Fact]
    public async Task Input_signals_and_sizes_work_after_resuming()
    {
        using var talk = new ResumableTalk(service);
        await talk.StartAsync(Requests.Bash("trap 'stty size; echo trapped' INT; echo ready; while :; do read x && echo got $x; done"), isTerminal: true);
        await talk.ReadUntilAsync("ready");
        talk.Lose();

        await talk.ResumeAsync();
        await talk.TypeAsync("a\r");
        await talk.ReadUntilAsync("got a");
        await talk.SendAsync(new AttachRequest { Resize = new TerminalSize { Columns = 100, Rows = 30 } });
        await talk.SendAsync(new AttachRequest { Signal = Signal.Interrupt });
        await talk.ReadUntilAsync("30 100");
        await talk.ReadUntilAsync("trapped");
        await talk.SendAsync(new AttachRequest { Signal = Signal.Kill });

        Assert.Equal(Outcome.Signaled, (await talk.ResultAsync()).Outcome);
    }

    [Fact]
    public async Task How_much_of_the_input_was_taken_is_told_so_that_the_rest_can_be_sent_again()
    {
        using var talk = new ResumableTalk(service);
        await talk.StartAsync(Requests.Bash(Counter));
        await talk.ReadUntilAsync("ready");
        for (var i = 1; i <= 3; i++)
            await talk.TypeAsync($"{i}\n");
        await talk.ReadUntilAsync("got 3");
        talk.Lose();

        await talk.ResumeAsync();
        Assert.Equal(3u, talk.Inputs);
        // No input, but one that was sent: it counts.
        await talk.TypeAsync("");
        await talk.TypeAsync("end\n");
        var result = await talk.ResultAsync();

        Assert.Equal(5u, talk.Inputs);
        Assert.Equal(7, result.Run.ExitCode);
    }

    [Fact]
    public async Task The_result_of_a_program_that_ended_meanwhile_is_kept()
    {
        using var talk = new ResumableTalk(service);
        await talk.StartAsync(Requests.Bash("echo ready; read x; echo bye; exit 3"));
        await talk.ReadUntilAsync("ready");
        await talk.TypeAsync("x\n");
        await talk.ReadUntilAsync("bye");
        talk.Lose();

        var heard = talk.Position;
        for (var i = 0; i < 2; i++)
        {
            talk.Position = heard;
            await talk.ResumeAsync();
            Assert.Equal(3, (await talk.ResultAsync()).Run.ExitCode);
        }
        // A page that was loaded again asks for all of it.
        talk.Position = 0;
        await talk.ResumeAsync();
        await talk.ResultAsync();
        Assert.Equal("ready\nbye\nready\nbye\n", talk.Printed);
    }

    [Fact]
    public async Task After_the_grace_time_the_program_is_ended_and_its_run_gone()
    {
        await using var impatient = new ServiceFixture(new Dictionary<string, string> { ["Execution:Resume:Grace"] = "00:00:00.3" });
        using var talk = new ResumableTalk(impatient);
        await talk.StartAsync(Requests.Bash(Counter));
        await talk.ReadUntilAsync("ready");
        talk.Lose();

        await UntilAsync(() => impatient.Service<HeldRuns>().Count == 0);

        Assert.Equal("RUN_GONE", Reason(await Assert.ThrowsAsync<RpcException>(talk.ResumeAsync)));
        await UntilAsync(() => impatient.Service<ExecutionQueues>().Interactive.RunningCount == 0);
    }

    [Fact]
    public async Task A_caller_who_takes_leave_ends_the_program_at_once()
    {
        await using var own = new ServiceFixture();
        using var talk = new ResumableTalk(own);
        await talk.StartAsync(Requests.Bash(Counter));
        await talk.ReadUntilAsync("ready");

        await talk.SendAsync(new AttachRequest { Leave = new Leave() });

        await UntilAsync(() => own.Service<HeldRuns>().Count == 0);
        await UntilAsync(() => own.Service<ExecutionQueues>().Interactive.RunningCount == 0);
    }

    [Fact]
    public async Task A_wrong_token_and_another_owners_get_nothing()
    {
        using var talk = new ResumableTalk(service, "key:ada");
        await talk.StartAsync(Requests.Bash(Counter));
        await talk.ReadUntilAsync("ready");
        // 256 bits behind the name of the instance.
        Assert.Equal(43, talk.Token.Split('.')[1].Length);

        using var thief = new ResumableTalk(service, "key:bob") { Token = talk.Token };
        using var nobody = new ResumableTalk(service) { Token = talk.Token };
        using var guesser = new ResumableTalk(service, "key:ada") { Token = talk.Token[..^1] + (talk.Token[^1] == 'A' ? 'B' : 'A') };
        using var babbler = new ResumableTalk(service, "key:ada") { Token = "let me in" };
        using var lost = new ResumableTalk(service, "key:ada") { Token = new string('A', 12) + talk.Token[12..] };
        foreach (var stranger in new[] { thief, nobody, guesser, babbler })
        {
            Assert.Equal("RUN_GONE", Reason(await Assert.ThrowsAsync<RpcException>(stranger.ResumeAsync)));
            Assert.Equal("", stranger.Printed);
        }
        Assert.Equal("RUN_ELSEWHERE", Reason(await Assert.ThrowsAsync<RpcException>(lost.ResumeAsync)));

        // And the one whose it is was not disturbed.
        await talk.TypeAsync("end\n");
        Assert.Equal(7, (await talk.ResultAsync()).Run.ExitCode);
    }

    [Fact]
    public async Task A_connection_that_was_not_known_to_be_lost_is_superseded()
    {
        // The tests' transport in memory may lose the reason of a call that ends while it is read.
        await using var served = ServiceFixture.OnMachinePorts(new Dictionary<string, string>());
        using var first = new ResumableTalk(served);
        await first.StartAsync(Requests.Bash(Counter));
        await first.ReadUntilAsync("ready");
        using var second = new ResumableTalk(served) { Token = first.Token, Position = first.Position };

        await second.ResumeAsync();

        Assert.Equal("RUN_TAKEN_OVER", Reason(await Assert.ThrowsAsync<RpcException>(first.ResultAsync)));
        await second.TypeAsync("end\n");
        Assert.Equal(7, (await second.ResultAsync()).Run.ExitCode);
    }

    [Fact]
    public async Task A_flood_that_nobody_hears_reaches_its_output_limit_as_usual()
    {
        using var talk = new ResumableTalk(service);
        await talk.StartAsync(Requests.Bash("echo ready; read x; exec yes", limits: new Limits { OutputLimitBytes = 4 * 1024 * 1024 }));
        await talk.ReadUntilAsync("ready");
        await talk.TypeAsync("go\n");
        await talk.ReadUntilAsync("y\ny\n");
        talk.Lose();
        await UntilAsync(() => service.Service<ExecutionQueues>().Interactive.RunningCount == 0);

        await talk.ResumeAsync();
        var result = await talk.ResultAsync();

        Assert.Equal(Outcome.OutputLimit, result.Outcome);
        Assert.True(talk.MissedBytes > 2 * 1024 * 1024, $"Only {talk.MissedBytes} bytes were dropped.");
        Assert.True(talk.Printed.Length > 512 * 1024, $"Only {talk.Printed.Length} characters were kept.");
    }

    [Fact]
    public async Task A_position_that_was_never_reached_is_refused_by_name()
    {
        using var talk = new ResumableTalk(service);
        await talk.StartAsync(Requests.Bash(Counter));
        talk.Position = 1_000_000;

        var error = await Assert.ThrowsAsync<RpcException>(talk.ResumeAsync);

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Contains("resume.position", error.Status.Detail, StringComparison.Ordinal);
        // Nothing is lost by asking wrongly.
        talk.Position = 0;
        await talk.ResumeAsync();
        await talk.TypeAsync("end\n");
        Assert.Equal(7, (await talk.ResultAsync()).Run.ExitCode);
    }

    [Fact]
    public async Task Where_no_runs_are_kept_a_run_has_no_token_and_ends_with_its_call()
    {
        await using var forgetful = new ServiceFixture(new Dictionary<string, string> { ["Execution:Resume:Grace"] = "0" });
        using var talk = new ResumableTalk(forgetful);
        await talk.StartAsync(Requests.Bash(Counter));
        await talk.ReadUntilAsync("ready");
        Assert.Equal("", talk.Token);

        talk.Lose();

        await UntilAsync(() => forgetful.Service<ExecutionQueues>().Interactive.RunningCount == 0);
    }

    private static string? Reason(RpcException error) => error.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason;

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var attempt = 0; !condition(); attempt++)
        {
            Assert.True(attempt < 1000, "It did not happen within 20 s.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
