using Google.Protobuf;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Hostile.Tests.Witness;

namespace OnlineCompiler.Hostile.Tests.Resources;

/// <summary>Programs that use their output as a weapon.</summary>
public sealed class OutputTests(WatchedHost host)
{
    private static readonly Limits _small = new() { OutputLimitBytes = 20_000, WallTimeLimitMs = 10_000 };

    [Theory]
    [InlineData("bash", "main.sh", "yes")]
    [InlineData("bash", "main.sh", "tr '\\0' x < /dev/zero")]
    [InlineData("python", "main.py", "while True: print('\\x1b[2J\\x1b]0;owned\\x07\\x1b[31m' * 100)")]
    [InlineData("javascript", "main.js", "const fs = require('fs'); while (true) try { fs.writeSync(1, 'x'.repeat(10000)); } catch (e) { if (e.code !== 'EAGAIN') throw e; }")]
    [InlineData("c", "main.c", "#include <unistd.h>\nint main(void) { for (int i = 0; i < 20; i++) fork(); while (1) write(1, \"flood flood flood\\n\", 18); }")]
    [InlineData("cpp", "main.cpp", "#include <cstdio>\nint main() { while (true) std::fputs(\"no line ends here, ever; \", stdout); }")]
    public async Task A_flood_is_cut_at_the_limit(string language, string path, string source)
    {
        var answer = await host.RunAsync(Requests.Program(language, source, limits: _small, path: path));

        answer.ShouldReach(Outcome.OutputLimit, "output limit of 19.53 KiB");
        Assert.Equal((20_000, true), (answer.Run.Stdout.Length + answer.Run.Stderr.Length, answer.Run.StdoutTruncated));
    }

    [Fact]
    public async Task Java_floods_both_streams_from_many_threads_and_is_cut_once()
    {
        var answer = await host.RunAsync(Programs.Java("""
            for (int i = 0; i < 4; i++) { var stream = i % 2 == 0 ? System.out : System.err; new Thread(() -> { while (true) stream.println("flood ".repeat(100)); }).start(); }
            """, _small));

        answer.ShouldReach(Outcome.OutputLimit, "output limit of 19.53 KiB");
        Assert.Equal(20_000, answer.Run.Stdout.Length + answer.Run.Stderr.Length);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_come_back_as_they_are()
    {
        var answer = await host.RunAsync(Requests.Python("import sys\nsys.stdout.buffer.write(bytes(range(256)) * 4)\nsys.stderr.buffer.write(b'\\xff\\xfe\\x00')"));

        Assert.Equal(Outcome.Succeeded, answer.Outcome);
        Assert.Equal(ByteString.CopyFrom([.. Enumerable.Range(0, 1024).Select(i => (byte)i)]), answer.Run.Stdout);
        Assert.Equal(ByteString.CopyFrom(0xff, 0xfe, 0x00), answer.Run.Stderr);
    }

    [Fact]
    public async Task Orphans_cannot_add_to_the_output_of_a_program_that_ended()
    {
        var answer = await host.RunAsync(Requests.Bash("for i in 1 2 3; do (trap '' HUP TERM; sleep 0.5; echo late; while :; do echo late >&2; done) & done; disown -a; echo early; exit 7"));

        Assert.Equal((Outcome.NonzeroExit, 7, "early\n", ""), (answer.Outcome, answer.Run.ExitCode, answer.Output(), answer.Errors()));
    }

    [Fact]
    public async Task A_program_that_closes_its_streams_still_ends_in_order()
    {
        var answer = await host.RunAsync(Requests.Python("import os, time\nos.close(0); os.close(1); os.close(2)\ntime.sleep(0.1)\nos._exit(9)", "unread"));

        Assert.Equal((Outcome.NonzeroExit, 9, ""), (answer.Outcome, answer.Run.ExitCode, answer.Output()));
    }

    [Fact]
    public async Task Reading_back_what_it_printed_steals_from_itself_alone()
    {
        var answer = await host.RunAsync(Requests.Bash("exec 7< /proc/self/fd/1; for i in $(seq 100); do echo line $i; done; timeout 0.2 cat <&7 > /dev/null; echo end >&2"));

        Assert.Equal((Outcome.Succeeded, "end\n"), (answer.Outcome, answer.Errors()));
        Assert.True(answer.Run.Stdout.Length <= 792, $"{answer}");
    }

    [Fact]
    public async Task Pipes_that_are_made_larger_and_never_block_change_nothing()
    {
        var answer = await host.RunAsync(Programs.C("""
            static char block[1 << 16];
            memset(block, 'x', sizeof block);
            fcntl(1, F_SETPIPE_SZ, 1 << 20);
            fcntl(1, F_SETPIPE_SZ, 1 << 30);
            fcntl(1, F_SETFL, O_NONBLOCK);
            fcntl(1, F_SETOWN, 1);
            while (1) write(1, block, sizeof block);
            """, _small));

        answer.ShouldReach(Outcome.OutputLimit, "output limit of 19.53 KiB");
        Assert.Equal(20_000, answer.Run.Stdout.Length);
    }

    [Fact]
    public async Task Much_input_that_nobody_reads_is_dropped()
    {
        var answer = await host.RunAsync(Requests.Bash("exec 0<&-; sleep 0.1; echo done", new string('x', 4 << 20)));

        answer.ShouldPrint("done\n");
    }

    [Fact]
    public async Task Much_input_for_a_program_that_waits_does_not_keep_it_from_its_limit()
    {
        var answer = await host.RunAsync(Requests.Bash("sleep 60", new string('x', 4 << 20), Programs.Wall(300)));

        answer.ShouldReach(Outcome.WallTimeLimit, "wall-time limit of 0.3 s");
    }

    [Fact]
    public async Task A_reader_who_does_not_read_holds_a_flood_back_and_leaves_nothing()
    {
        await host.WatchAsync(async client =>
        {
            using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            using var call = client.ExecuteStream(Requests.Bash("yes", limits: new Limits { OutputLimitBytes = 16 << 20 }), cancellationToken: leaving.Token);
            Assert.True(await call.ResponseStream.MoveNext(leaving.Token));
            Assert.NotNull(call.ResponseStream.Current.Accepted);
            await leaving.CancelAsync();
            var error = await Assert.ThrowsAsync<global::Grpc.Core.RpcException>(async () =>
            {
                while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
                {
                }
            });
            Assert.Equal(global::Grpc.Core.StatusCode.Cancelled, error.StatusCode);
        });
    }

    [Fact]
    public async Task A_terminal_of_its_own_is_no_way_to_more_output()
    {
        var answer = await host.RunAsync(Requests.Python("""
            import os, pty
            child, terminal = pty.fork()
            if child == 0:
                while True: os.write(1, b'flood ' * 100)
            while True: os.write(1, os.read(terminal, 4096))
            """, limits: _small));

        answer.ShouldReach(Outcome.OutputLimit, "output limit of 19.53 KiB");
    }
}
