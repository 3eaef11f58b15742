using System.Text.Json.Nodes;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Tests.Services;
using Stream = OnlineCompiler.Execution.V1.Output.Types.Stream;

namespace OnlineCompiler.Gateway.Tests.Piston;

/// <summary>How an ended program is told.</summary>
public sealed class AnswerTests
{
    private static readonly StageResult Succeeded = new()
    {
        Outcome = Outcome.Succeeded,
        ExitCode = 0,
        MemoryPeakBytes = 9_437_184,
        UserCpuTimeMs = 4.2,
        SystemCpuTimeMs = 1.1,
        WallTimeMs = 6.6,
    };

    [Fact]
    public async Task An_answer_has_Pistons_members_in_Pistons_order()
    {
        await using var gateway = await Instance.StartAsync();
        gateway.Services.Execution.OnStream = Instance.Answer(Succeeded, Instance.Printed("cba\n"));

        var response = await gateway.PostAsync(Instance.Execute, Instance.Program);

        Assert.Equal(
            """{"run":{"stdout":"cba\n","stderr":"","code":0,"signal":null,"output":"cba\n","memory":9437000,"message":null,"status":null,"cpu_time":5,"wall_time":7},"language":"python","version":"3.11.2"}""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Output_is_both_streams_in_the_order_of_arrival_and_no_character_is_torn()
    {
        await using var gateway = await Instance.StartAsync();
        gateway.Services.Execution.OnStream = Instance.Answer(
            Succeeded,
            Instance.Printed("a"), Instance.Printed("b", Stream.Stderr),
            Instance.Printed([0xC3]), Instance.Printed("c", Stream.Stderr), Instance.Printed([0xA9, 0xFF]), Instance.Printed([0xE2, 0x82]));

        var run = (await gateway.RunAsync(Instance.Program))["run"]!;

        Assert.Equal("aé\uFFFD\uFFFD", (string?)run["stdout"]);
        Assert.Equal("bc", (string?)run["stderr"]);
        Assert.Equal("abcé\uFFFD\uFFFD", (string?)run["output"]);
    }

    [Fact]
    public async Task A_compiled_program_has_both_stages()
    {
        await using var gateway = await Instance.StartAsync();
        gateway.Services.Execution.OnStream = Instance.Stages(
            Succeeded, Succeeded, Instance.Printed("a warning", Stream.Stderr, Stage.Compile), Instance.Printed("42"));

        var answer = await gateway.RunAsync(Instance.With("""{"language":"cpp","version":"*"}"""));

        Assert.Equal(["compile", "run", "language", "version"], answer.AsObject().Select(member => member.Key));
        Assert.Equal("a warning", (string?)answer["compile"]!["output"]);
        Assert.Equal("42", (string?)answer["run"]!["output"]);
    }

    [Fact]
    public async Task When_compiling_failed_the_run_is_a_copy_of_it()
    {
        await using var gateway = await Instance.StartAsync();
        gateway.Services.Execution.OnStream = Instance.Stages(
            new StageResult { Outcome = Outcome.NonzeroExit, ExitCode = 1 }, null, Instance.Printed("no ;", Stream.Stderr, Stage.Compile));

        var answer = await gateway.RunAsync(Instance.With("""{"language":"cpp","version":"*"}"""));

        Assert.Equal("no ;", (string?)answer["run"]!["stderr"]);
        Assert.Equal(1, (int?)answer["run"]!["code"]);
        Assert.True(JsonNode.DeepEquals(answer["compile"], answer["run"]));
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Every_end_has_its_code_signal_status_and_reason(string name, int? code, string? signal, string? status, string? message)
    {
        await using var gateway = await Instance.StartAsync();
        gateway.Services.Execution.OnStream = Instance.Answer(Results[name]);

        var run = (await gateway.RunAsync(Instance.Program))["run"]!;

        Assert.Equal(code, (int?)run["code"]);
        Assert.Equal(signal, (string?)run["signal"]);
        Assert.Equal(status, (string?)run["status"]);
        Assert.Equal(message, (string?)run["message"]);
    }

    public static TheoryData<string, int?, string?, string?, string?> Ends => new()
    {
        { "well", 0, null, null, null },
        { "badly", 3, null, "RE", "Exited with error status 3" },
        { "crashed", null, "SIGSEGV", "SG", "Caught fatal signal 11" },
        { "real-time", null, "SIGRTMIN+3", "SG", "Caught fatal signal 37" },
        { "unnamed", null, "SIG35", "SG", "Caught fatal signal 35" },
        { "CPU", null, "SIGKILL", "TO", "Time limit exceeded" },
        { "clock", null, "SIGKILL", "TO", "Time limit exceeded (wall clock)" },
        { "stdout", null, "SIGKILL", "OL", "stdout length exceeded" },
        { "stderr", null, "SIGKILL", "EL", "stderr length exceeded" },
        { "stdout, late", 0, "SIGKILL", "OL", "stdout length exceeded" },
        // Piston has nothing to say of memory; here the reason is told.
        { "memory", null, "SIGKILL", "SG", "Stopped: it needed more than the memory limit of 256 MiB." },
        { "workspace", 1, null, "RE", "It filled the workspace." },
    };

    private static readonly Dictionary<string, StageResult> Results = new()
    {
        ["well"] = Succeeded,
        ["badly"] = new StageResult { Outcome = Outcome.NonzeroExit, ExitCode = 3 },
        ["crashed"] = new StageResult { Outcome = Outcome.Signaled, Signal = "SIGSEGV", Message = "The program accessed memory that is not its own." },
        ["real-time"] = new StageResult { Outcome = Outcome.Signaled, Signal = "SIGRTMIN+3" },
        ["unnamed"] = new StageResult { Outcome = Outcome.Signaled, Signal = "SIG35" },
        ["CPU"] = new StageResult { Outcome = Outcome.CpuTimeLimit },
        ["clock"] = new StageResult { Outcome = Outcome.WallTimeLimit, Signal = "SIGKILL" },
        ["stdout"] = new StageResult { Outcome = Outcome.OutputLimit, StdoutTruncated = true },
        ["stderr"] = new StageResult { Outcome = Outcome.OutputLimit, StderrTruncated = true },
        ["stdout, late"] = new StageResult { Outcome = Outcome.OutputLimit, StdoutTruncated = true, ExitCode = 0 },
        ["memory"] = new StageResult { Outcome = Outcome.MemoryLimit, Message = "Stopped: it needed more than the memory limit of 256 MiB." },
        ["workspace"] = new StageResult { Outcome = Outcome.WorkspaceLimit, ExitCode = 1, Message = "It filled the workspace." },
    };

    [Fact]
    public async Task An_answer_without_a_result_is_our_fault()
    {
        await using var gateway = await Instance.StartAsync();
        gateway.Services.Execution.OnStream = async (_, events, _) => await events.WriteAsync(FakeExecution.Accepted);

        var response = await gateway.PostAsync(Instance.Execute, Instance.Program);

        Assert.NotEmpty(await response.MessageAsync(System.Net.HttpStatusCode.InternalServerError));
    }
}
