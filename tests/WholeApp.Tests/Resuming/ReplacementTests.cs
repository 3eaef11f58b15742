using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using OnlineCompiler.WholeApp.Tests.Executions;
using OnlineCompiler.WholeApp.Tests.Machine;

namespace OnlineCompiler.WholeApp.Tests.Resuming;

/// <summary>Services are replaced while people use them.</summary>
public sealed class ReplacementTests
{
    private const int Runs = 100;
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(90);

    [Theory]
    [InlineData(Signals.Terminate)]
    [InlineData(Signals.Kill)]
    public async Task A_Gateway_restarted_while_programs_run_and_people_type_costs_nothing_of_either(int signal)
    {
        using var app = await Replicas.StartAsync(Drain);
        // Several, so that a run is on either replica.
        var talks = Enumerable.Range(0, 4).Select(_ => new LastingTalk(app.Address)).ToArray();
        try
        {
            await Task.WhenAll(talks.Select(async talk =>
            {
                await talk.StartAsync(ExecutionRequests.Bash("echo ready; n=0; while read x; do n=$((n+1)); echo $n got $x; [ $x = end ] && break; done"));
                await talk.ExpectOutputAsync("ready");
                await talk.TypeAsync("before\n");
            }));

            await app.EndGatewayAsync(signal);
            foreach (var talk in talks)
                await talk.TypeAsync("between\n");
            await app.StartGatewayAsync();

            await Task.WhenAll(talks.Select(async talk =>
            {
                await talk.ResumeAsync();
                await talk.TypeAsync("end\n");
                var result = await talk.ExpectResultAsync();
                Assert.Equal("succeeded", result["outcome"].Text());
                Assert.Equal("ready\n1 got before\n2 got between\n3 got end\n", talk.Output);
            }));
        }
        finally
        {
            foreach (var talk in talks)
                talk.Dispose();
        }
    }

    [Fact]
    public async Task A_replica_told_to_stop_during_100_runs_finishes_them_all_and_new_ones_go_to_the_other()
    {
        using var app = await Replicas.StartAsync(Drain);
        using var http = new HttpClient { BaseAddress = app.Address, Timeout = TimeSpan.FromMinutes(2) };
        var marker = $"9{Random.Shared.Next(10_000_000, 99_999_999)}";
        var answers = new ConcurrentBag<(HttpStatusCode Status, string Output)>();

        var first = Task.WhenAll(Enumerable.Range(0, Runs).Select(number => RunAsync($"sleep 2.{marker}; echo {number}")));
        await Eventually.TrueAsync("the replica that will stop runs some", TimeSpan.FromSeconds(60), () => RunningOn(app.Executions[0]) > 0);
        var running = (Stopping: RunningOn(app.Executions[0]), Other: RunningOn(app.Executions[1]));
        app.Executions[0].Send(Signals.Terminate);
        var watch = Stopwatch.StartNew();
        // While it drains, and after.
        while (!first.IsCompleted)
        {
            await RunAsync("echo later");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        await first;
        await app.Executions[0].ExitedAsync(Drain);
        var drained = watch.Elapsed;
        for (var run = 0; run < 10; run++)
            await RunAsync("echo later");

        var later = answers.Count(answer => answer.Output == "later\n");
        TestContext.Current.SendDiagnosticMessage(
            "{0} runs under way on the replica told to stop, {1} on the other; it was gone after {2:F1} s; {3} of {4} runs begun before and {5} of {6} begun after SIGTERM succeeded.",
            running.Stopping, running.Other, drained.TotalSeconds, answers.Count(Succeeded) - later, Runs, later, answers.Count - Runs);
        Assert.All(answers, answer => Assert.True(Succeeded(answer), $"{answer.Status} {answer.Output}"));
        Assert.Equal(
            Enumerable.Range(0, Runs).Select(number => $"{number}\n").Order(StringComparer.Ordinal),
            answers.Select(answer => answer.Output).Where(output => output != "later\n").Order(StringComparer.Ordinal));
        Assert.Equal(0, app.Executions[0].ExitCode);

        async Task RunAsync(string script)
        {
            using var answer = await http.PostAsJsonAsync("/api/v1/executions", ExecutionRequests.Bash(script), TestContext.Current.CancellationToken);
            answers.Add((answer.StatusCode, answer.IsSuccessStatusCode ? (await answer.ReadJsonAsync())["run"]!["stdout"].Text() : ""));
        }

        int RunningOn(ServiceProcess replica) =>
            LinuxProcess.DescendantsOf(replica.Id).Count(process => process.CommandLine.StartsWith($"sleep 2.{marker}", StringComparison.Ordinal));

        static bool Succeeded((HttpStatusCode Status, string Output) answer) => answer.Status == HttpStatusCode.OK && answer.Output.Length > 0;
    }
}
