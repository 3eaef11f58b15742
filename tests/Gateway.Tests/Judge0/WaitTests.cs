using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Grpc.Core;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Tests.Judge0;

/// <summary>What <c>wait=true</c> answers, byte for byte.</summary>
public sealed class WaitTests
{
    private static readonly (ExecuteResponse Response, string Body)[] Ends =
    [
        (
            JudgeServer.Succeeded("42\n"),
            """{"stdout":"42\n","time":"0.016","memory":9216,"stderr":null,"token":"TOKEN","compile_output":null,"message":null,"status":{"id":3,"description":"Accepted"}}"""
        ),
        (
            JudgeServer.Succeeded(""),
            """{"stdout":null,"time":"0.016","memory":9216,"stderr":null,"token":"TOKEN","compile_output":null,"message":null,"status":{"id":4,"description":"Wrong Answer"}}"""
        ),
        (
            JudgeServer.Succeeded("43"),
            """{"stdout":"43","time":"0.016","memory":9216,"stderr":null,"token":"TOKEN","compile_output":null,"message":null,"status":{"id":4,"description":"Wrong Answer"}}"""
        ),
        (
            JudgeServer.Ran(Outcome.WallTimeLimit, "42", message: "Stopped."),
            """{"stdout":"42","time":"0.016","memory":9216,"stderr":null,"token":"TOKEN","compile_output":null,"message":"Time limit exceeded (wall clock)","status":{"id":5,"description":"Time Limit Exceeded"}}"""
        ),
        (
            JudgeServer.Ran(Outcome.CpuTimeLimit),
            """{"stdout":null,"time":"0.016","memory":9216,"stderr":null,"token":"TOKEN","compile_output":null,"message":"Time limit exceeded","status":{"id":5,"description":"Time Limit Exceeded"}}"""
        ),
        (
            JudgeServer.Ran(Outcome.NonzeroExit, "42", "no\n", exitCode: 3),
            """{"stdout":"42","time":"0.016","memory":9216,"stderr":"no\n","token":"TOKEN","compile_output":null,"message":"Exited with error status 3","status":{"id":11,"description":"Runtime Error (NZEC)"}}"""
        ),
        (
            JudgeServer.Ran(Outcome.Signaled, signal: "SIGSEGV"),
            """{"stdout":null,"time":"0.016","memory":9216,"stderr":null,"token":"TOKEN","compile_output":null,"message":"Caught fatal signal 11","status":{"id":7,"description":"Runtime Error (SIGSEGV)"}}"""
        ),
        (
            JudgeServer.Ran(Outcome.MemoryLimit, message: "Stopped: it needed more than the memory limit of 125 MiB."),
            """{"stdout":null,"time":"0.016","memory":9216,"stderr":null,"token":"TOKEN","compile_output":null,"message":"Memory limit exceeded: Stopped: it needed more than the memory limit of 125 MiB.","status":{"id":11,"description":"Runtime Error (NZEC)"}}"""
        ),
        (
            Compiled(Outcome.NonzeroExit, "main.cpp:1: error: ‘x’ is not declared\n"),
            """{"stdout":null,"time":null,"memory":null,"stderr":null,"token":"TOKEN","compile_output":"main.cpp:1: error: ‘x’ is not declared\n","message":null,"status":{"id":6,"description":"Compilation Error"}}"""
        ),
        (
            Compiled(Outcome.WallTimeLimit, "half a"),
            """{"stdout":null,"time":null,"memory":null,"stderr":null,"token":"TOKEN","compile_output":"Compilation time limit exceeded.","message":null,"status":{"id":6,"description":"Compilation Error"}}"""
        ),
        (
            JudgeServer.Ran(Outcome.Succeeded, ByteString.CopyFrom(0xFF), exitCode: 0),
            """{"error":"some attributes for this submission cannot be converted to UTF-8, use base64_encoded=true query parameter","token":"TOKEN"}"""
        ),
    ];

    [Fact]
    public async Task The_end_of_a_program_is_told_in_Judge0s_words()
    {
        await using var gateway = await JudgeServer.StartAsync();

        foreach (var (response, expected) in Ends)
        {
            gateway.Services.Execution.OnExecute = _ => Task.FromResult(response);
            var answer = await gateway.PostAsync(JudgeServer.Wait, JudgeServer.With("""{"expected_output":"42"}"""));
            Assert.Equal(expected, await answer.BodyAsync(201));
            Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        }
    }

    [Fact]
    public async Task A_signal_has_the_status_of_its_own_and_the_exit_code_that_clients_look_for()
    {
        await using var gateway = await JudgeServer.StartAsync();

        foreach (var (signal, status, number) in ((string, int, int)[])[("SIGSEGV", 7, 11), ("SIGXFSZ", 8, 25), ("SIGFPE", 9, 8), ("SIGABRT", 10, 6), ("SIGKILL", 12, 9)])
        {
            gateway.Services.Execution.OnExecute = _ => Task.FromResult(JudgeServer.Ran(Outcome.Signaled, signal: signal));
            var answer = await gateway.PostAsync(JudgeServer.Wait + "&fields=status_id,exit_code,exit_signal,message", JudgeServer.Program);
            Assert.Equal(
                $$"""{"status_id":{{status}},"exit_code":{{128 + number}},"exit_signal":{{number}},"message":"Caught fatal signal {{number}}"}""", await answer.BodyAsync(201));
        }
    }

    [Fact]
    public async Task A_program_that_ended_within_its_extra_time_was_too_slow_all_the_same()
    {
        await using var gateway = await JudgeServer.StartAsync(JudgeServer.Succeeded("42"));

        var slow = await gateway.PostAsync(JudgeServer.Wait + "&fields=status_id,exit_code,message", JudgeServer.With("""{"cpu_time_limit":0.01,"cpu_extra_time":0.5}"""));

        Assert.Equal("""{"status_id":5,"exit_code":0,"message":"Time limit exceeded"}""", await slow.BodyAsync(201));
        Assert.Equal(510u, gateway.Services.Execution.LastRequest!.Limits.CpuTimeLimitMs);
    }

    [Fact]
    public async Task Output_beyond_max_file_size_is_cut_and_says_so()
    {
        await using var gateway = await JudgeServer.StartAsync(JudgeServer.Succeeded(new string('x', 1025)));

        var answer = await gateway.SubmitAsync(JudgeServer.With("""{"max_file_size":1}"""), JudgeServer.Wait + "&fields=stdout,status_id,exit_code,message");

        Assert.Equal(new string('x', 1024), (string?)answer["stdout"]);
        Assert.Equal((8, 153), ((int)answer["status_id"]!, (int)answer["exit_code"]!));
        Assert.Equal("Output limit exceeded: it printed more than 1 KiB.", (string?)answer["message"]);
    }

    [Fact]
    public async Task Output_is_compared_as_Judge0_does()
    {
        (string? Expected, string Actual, int Status)[] cases =
        [
            // Line by line, without white space at the end of each and of the whole, NUL too.
            ("a\nb", "a \t\r\nb\n\n", 3), ("a\nb\0\n", "a\nb", 3), ("", "\n", 3), (null, "anything", 3),
            ("", "", 4), ("a", " a", 4), ("a", "\na", 4), ("a b", "a  b", 4), ("a", "A", 4), ("a\n\nb", "a\nb", 4), ("a", "a\nb", 4), ("a\nb", "a", 4),
        ];
        await using var gateway = await JudgeServer.StartAsync();

        foreach (var (expected, actual, status) in cases)
        {
            gateway.Services.Execution.OnExecute = _ => Task.FromResult(JudgeServer.Succeeded(actual));
            var answer = await gateway.SubmitAsync(JudgeServer.With(new JsonObject { ["expected_output"] = expected }.ToJsonString()));
            Assert.Equal((expected, actual, status), (expected, actual, (int?)answer["status"]!["id"]));
        }
    }

    [Fact]
    public async Task Several_runs_stop_at_the_first_that_is_not_accepted_and_tell_means()
    {
        await using var gateway = await JudgeServer.StartAsync();
        var run = 0;
        gateway.Services.Execution.OnExecute = _ =>
        {
            var response = JudgeServer.Succeeded(++run == 3 ? "43" : "42");
            response.Run.UserCpuTimeMs = run == 1 ? 15 : 16;
            response.Run.SystemCpuTimeMs = 0;
            response.Run.MemoryPeakBytes = (ulong)run * 1024;
            return Task.FromResult(response);
        };

        var wrong = await gateway.SubmitAsync(JudgeServer.With("""{"expected_output":"42","number_of_runs":5}"""));

        Assert.Equal(3, run);
        Assert.Equal(4, (int?)wrong["status"]!["id"]);
        Assert.Equal(("0.0156666666666667", 2), ((string)wrong["time"]!, (int)wrong["memory"]!));
    }

    [Fact]
    public async Task All_fields_come_in_Judge0s_order_and_types()
    {
        await using var gateway = await JudgeServer.StartAsync(JudgeServer.Succeeded("42\n"));

        var answer = await gateway.SubmitAsync(
            """{"source_code":"int main() {}","language_id":"54","stdin":"","compiler_options":"-O2","command_line_arguments":"a","cpu_time_limit":2,"wall_time_limit":"3.5","additional_files":"eA=="}""",
            JudgeServer.Wait + "&fields=*");

        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", (string)answer["created_at"]!);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", (string)answer["finished_at"]!);
        foreach (var changing in (string[])["created_at", "finished_at", "token"])
            answer[changing] = "…";
        Assert.Equal(
            """
            {"source_code":"int main() {}","language_id":54,"stdin":"","expected_output":null,"stdout":"42\n","status_id":3,"created_at":"…","finished_at":"…",
            "time":"0.016","memory":9216,"stderr":null,"token":"…","number_of_runs":1,"cpu_time_limit":"2.0","cpu_extra_time":"1.0","wall_time_limit":"3.5",
            "memory_limit":128000,"stack_limit":64000,"max_processes_and_or_threads":60,"enable_per_process_and_thread_time_limit":false,
            "enable_per_process_and_thread_memory_limit":false,"max_file_size":1024,"compile_output":null,"exit_code":0,"exit_signal":null,"message":null,
            "wall_time":"0.29","compiler_options":"-O2","command_line_arguments":"a","redirect_stderr_to_stdout":false,"callback_url":null,"additional_files":"eA==\n",
            "enable_network":false,"status":{"id":3,"description":"Accepted"},"language":{"id":54,"name":"C++ (GCC 12.2.0)"}}
            """.ReplaceLineEndings(""),
            answer.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public async Task Fields_keep_their_order_whatever_the_requests_is()
    {
        await using var gateway = await JudgeServer.StartAsync(JudgeServer.Succeeded("42\n"));

        var answer = await gateway.PostAsync(JudgeServer.Wait + "&fields=language_id,status_id, stdout", JudgeServer.Program);

        Assert.Equal("""{"language_id":71,"stdout":"42\n","status_id":3}""", await answer.BodyAsync(201));
    }

    [Fact]
    public async Task Text_in_any_alphabet_needs_no_Base64()
    {
        await using var gateway = await JudgeServer.StartAsync(JudgeServer.Succeeded("Grüße, 世界 😀\n"));

        var answer = await gateway.PostAsync(JudgeServer.Wait + "&fields=source_code,stdout", JudgeServer.With("""{"source_code":"print('Grüße')"}"""));

        Assert.Equal("""{"source_code":"print('Grüße')","stdout":"Grüße, 世界 😀\n"}""", Unescaped(await answer.BodyAsync(201)));
        Assert.Equal("print('Grüße')", gateway.Services.Execution.LastRequest!.Files[0].Content.ToStringUtf8());
    }

    [Fact]
    public async Task Base64_is_of_lines_each_with_its_end_and_of_messages_too()
    {
        var response = JudgeServer.Ran(Outcome.NonzeroExit, new string('x', 46), "no", exitCode: 1);
        await using var gateway = await JudgeServer.StartAsync(response);

        var answer = await gateway.PostAsync(
            JudgeServer.Wait + "&base64_encoded=true&fields=source_code,stdout,stderr,message", JudgeServer.With("""{"source_code":"cHJpbnQoMSk="}"""));

        var line = string.Concat(Enumerable.Repeat("eHh4", 15));
        Assert.Equal(
            $$"""{"source_code":"cHJpbnQoMSk=\n","stdout":"{{line}}\neA==\n","stderr":"bm8=\n","message":"RXhpdGVkIHdpdGggZXJyb3Igc3RhdHVzIDE=\n"}""",
            await answer.BodyAsync(201));
        Assert.Equal("print(1)", gateway.Services.Execution.LastRequest!.Files[0].Content.ToStringUtf8());
    }

    [Fact]
    public async Task Waiting_is_one_call_to_the_service_and_ends_with_it()
    {
        await using var gateway = await JudgeServer.StartAsync();
        var answer = new TaskCompletionSource<ExecuteResponse>();
        var asked = new TaskCompletionSource();
        gateway.Services.Execution.OnExecute = _ =>
        {
            asked.SetResult();
            return answer.Task;
        };

        var waiting = gateway.SubmitAsync(JudgeServer.Program);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        answer.SetResult(JudgeServer.Succeeded("42"));

        Assert.Equal("42", (string?)(await waiting)["stdout"]);
        Assert.Equal(1, gateway.Services.Execution.ExecuteCalls);
    }

    [Fact]
    public async Task A_full_queue_says_so_at_once()
    {
        await using var gateway = await JudgeServer.StartAsync();
        gateway.Services.Execution.OnExecute = _ => throw new RpcException(new Status(StatusCode.ResourceExhausted, "256 programs wait already."));

        var response = await gateway.PostAsync(JudgeServer.Wait, JudgeServer.Program);

        Assert.Equal("""{"error":"queue is full"}""", await response.BodyAsync(503));
        Assert.Equal(1, response.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
    }

    private static ExecuteResponse Compiled(Outcome outcome, string stderr) => new()
    {
        Outcome = outcome,
        Compile = new StageResult { Outcome = outcome, Stderr = ByteString.CopyFromUtf8(stderr) },
    };

    // Characters beyond the first plane may be written as they are or escaped.
    private static string Unescaped(string json) => json.Replace("\\uD83D\\uDE00", "😀", StringComparison.Ordinal);
}
