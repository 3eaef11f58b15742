using OnlineCompiler.Execution.V1;
using OnlineCompiler.Hostile.Tests.Witness;

namespace OnlineCompiler.Hostile.Tests.Resources;

/// <summary>Programs that want more memory than they were given, in every way that memory can be had.</summary>
public sealed class MemoryTests(WatchedHost host)
{
    private static Limits Of(ulong mebibytes) => new() { MemoryLimitBytes = mebibytes << 20, WallTimeLimitMs = 5_000, WorkspaceLimitBytes = 128 << 20 };

    [Theory]
    [InlineData("one large block", "char *volatile block = malloc(1 << 30); memset(block, 1, 1 << 30); return block[4096];")]
    [InlineData("many small blocks", "while (1) *(volatile char *)malloc(100) = 1;")]
    [InlineData("private mappings", "while (1) memset(mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), 1, 1 << 20);")]
    [InlineData("shared mappings", "while (1) memset(mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0), 1, 1 << 20);")]
    [InlineData("files in memory", "int fd = memfd_create(\"hog\", 0); static char block[1 << 20]; while (write(fd, block, sizeof block) > 0) { } pause();")]
    [InlineData("children that share nothing", "for (int i = 0; i < 16; i++) if (fork() == 0) { char *volatile block = malloc(8 << 20); memset(block, i, 8 << 20); pause(); } while (wait(NULL) > 0) { }")]
    [InlineData("pages written after a fork", "char *volatile block = malloc(24 << 20); memset(block, 1, 24 << 20); for (int i = 0; i < 4; i++) if (fork() == 0) { memset(block, 2, 24 << 20); pause(); } while (wait(NULL) > 0) { }")]
    [InlineData("its data segment", "while (1) memset(sbrk(1 << 20), 1, 1 << 20);")]
    [InlineData("page tables", "for (size_t i = 1; ; i++) { char *at = mmap((void *)(i << 30), 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0); if (at != MAP_FAILED) *at = 1; else if (i > 100000) pause(); }")]
    public async Task Memory_is_limited_however_it_is_taken(string how, string code)
    {
        var answer = await host.RunAsync(Programs.C(code, Of(32)));

        Assert.True(answer.Outcome == Outcome.MemoryLimit, $"As {how}: {answer}");
        answer.ShouldReach(Outcome.MemoryLimit, "memory limit of 32 MiB");
        Assert.InRange(answer.Run.MemoryPeakBytes, 30ul << 20, 32ul << 20);
    }

    [Theory]
    [InlineData("/dev/shm/hog")]
    [InlineData("/tmp/hog")]
    [InlineData("/workspace/hog")]
    public async Task A_file_that_outgrows_memory_counts_as_memory(string path)
    {
        var answer = await host.RunAsync(Requests.Bash($"head -c 60M /dev/zero > {path}; echo written", limits: Of(32)));

        answer.ShouldReach(Outcome.MemoryLimit, "memory limit of 32 MiB");
        Assert.Equal("", answer.Output());
    }

    [Fact]
    public async Task Buffers_of_pipes_count_or_run_out()
    {
        var answer = await host.RunAsync(Programs.C(
            """
            static char block[1 << 20];
            int made = 0;
            for (int child = 0; child < 40; child++)
                if (fork() == 0) {
                    for (int ends[2]; pipe2(ends, O_NONBLOCK) == 0; made++) { fcntl(ends[1], F_SETPIPE_SZ, 1 << 20); write(ends[1], block, sizeof block); }
                    pause();
                }
            pause();
            """,
            new Limits { MemoryLimitBytes = 32 << 20, WallTimeLimitMs = 1_500 }));

        // The kernel keeps a count of its own for each user, so that either may be reached first.
        answer.ShouldEndIn(Outcome.MemoryLimit, Outcome.WallTimeLimit);
        Assert.InRange(answer.Run.MemoryPeakBytes, 1ul << 20, 32ul << 20);
    }

    [Fact]
    public async Task Buffers_of_sockets_count()
    {
        var answer = await host.RunAsync(Programs.C(
            """
            static char block[100000];
            for (int child = 0; child < 40; child++)
                if (fork() == 0) {
                    for (int ends[2]; socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0; )
                        while (write(ends[0], block, sizeof block) > 0 && write(ends[1], block, sizeof block) > 0) { }
                    pause();
                }
            pause();
            """,
            Of(32)));

        answer.ShouldReach(Outcome.MemoryLimit, "memory limit of 32 MiB");
    }

    [Fact]
    public async Task A_stack_that_never_ends_crashes_its_program_alone()
    {
        var answer = await host.RunAsync(Programs.C("deeper(0);", Of(256), before: "int deeper(volatile int n) { volatile char room[65536]; room[n & 65535] = 1; return deeper(n + 1) + room[0]; }"));

        Assert.Equal((Outcome.Signaled, "SIGSEGV"), (answer.Outcome, answer.Run.Signal));
        Assert.InRange(answer.Run.MemoryPeakBytes, 1ul, 80ul << 20);
    }

    [Fact]
    public async Task Memory_cannot_be_locked_or_taken_in_huge_pages()
    {
        var answer = await host.RunAsync(Programs.C("""
            void *block = mmap(NULL, 4 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            TRY(mlock(block, 4 << 20));
            TRY(mlockall(MCL_CURRENT | MCL_FUTURE));
            TRY(mmap(NULL, 4 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0) == MAP_FAILED ? -1 : 0);
            TRY(mmap(NULL, 4 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0) == MAP_FAILED ? -1 : 0);
            """));

        Assert.Matches("^(EPERM|ENOMEM)\n(EPERM|ENOMEM)\n(EPERM|EAGAIN)\nENOMEM\n$", answer.Output());
    }

    [Fact]
    public async Task Shared_memory_segments_count()
    {
        var answer = await host.RunAsync(Programs.C(
            "for (int i = 0; i < 64; i++) { int id = shmget(IPC_PRIVATE, 4 << 20, IPC_CREAT | 0600); char *at = shmat(id, NULL, 0); if (at != (char *)-1) memset(at, 1, 4 << 20); } pause();",
            Of(32), before: "#include <sys/ipc.h>\n#include <sys/shm.h>"));

        answer.ShouldReach(Outcome.MemoryLimit, "memory limit of 32 MiB");
    }

    [Fact]
    public async Task Reading_large_files_costs_no_one_anything()
    {
        // The page cache is charged to the reader, and given back when it needs room.
        var answer = await host.RunAsync(Requests.Bash("cat /usr/lib/x86_64-linux-gnu/*.so* /usr/lib/jvm/*/lib/*.so 2> /dev/null | head -c 200M | wc -c > /dev/null; echo read", limits: Of(16)));

        answer.ShouldPrint("read\n");
        Assert.InRange(answer.Run.MemoryPeakBytes, 1ul, 16ul << 20);
    }

    [Fact]
    public async Task A_small_archive_that_unpacks_to_much_is_stopped()
    {
        var answer = await host.RunAsync(Requests.Python("""
            import zlib
            packer = zlib.compressobj(9)
            bomb = b''.join(packer.compress(bytes(1 << 20)) for _ in range(128)) + packer.flush()
            print(len(bomb) < 1 << 18, flush=True)
            zlib.decompress(bomb)
            print('unpacked')
            """, limits: Of(64)));

        answer.ShouldReach(Outcome.MemoryLimit, "memory limit of 64 MiB");
        Assert.Equal("True\n", answer.Output());
    }

    [Fact]
    public async Task Java_is_told_by_its_own_machine_or_stopped_by_ours()
    {
        var answer = await host.RunAsync(Programs.Java("""
            var hog = new ArrayList<ByteBuffer>();
            try { while (true) hog.add(ByteBuffer.wrap(new byte[1 << 20])); }
            catch (OutOfMemoryError e) { int held = hog.size(); hog = null; System.out.println("heap " + (held > 50)); }
            var outside = new ArrayList<ByteBuffer>();
            try { while (true) outside.add(ByteBuffer.allocateDirect(1 << 20)); }
            catch (OutOfMemoryError e) { System.out.println("direct"); }
            """, new Limits { MemoryLimitBytes = 192 << 20 }));

        Assert.True(
            answer.Outcome == Outcome.MemoryLimit && answer.Run.Message.Contains("memory limit of 192 MiB") || answer.Output() == "heap true\ndirect\n", $"{answer}");
        Assert.InRange(answer.Run.MemoryPeakBytes, 50ul << 20, 192ul << 20);
    }

    [Theory]
    [InlineData("buffers outside of its heap", "const hog = []; while (true) hog.push(Buffer.alloc(1 << 20, 1));")]
    [InlineData("strings in its heap", "let hog = []; for (let i = 0; ; i++) hog.push('x'.repeat(100) + i);")]
    public async Task Node_is_stopped_by_the_limit_or_stops_itself(string what, string source)
    {
        var answer = await host.RunAsync(Programs.JavaScript(source, Of(96)));

        Assert.True(
            answer.Outcome == Outcome.MemoryLimit && answer.Run.Message.Contains("memory limit of 96 MiB")
                || answer is { Outcome: Outcome.Signaled, Run.Signal: "SIGABRT" or "SIGTRAP" } && answer.Errors().Contains("out of memory"),
            $"With {what}: {answer}");
    }

    [Fact]
    public async Task A_vector_of_cpp_that_doubles_forever_is_stopped()
    {
        var answer = await host.RunAsync(Programs.Cpp(
            "#include <vector>\n#include <string>\nint main() { std::vector<std::string> hog; while (true) hog.emplace_back(1000, 'x'); }", Of(32)));

        answer.ShouldReach(Outcome.MemoryLimit, "memory limit of 32 MiB");
    }

    [Fact]
    public async Task What_a_killed_hog_held_is_free_for_the_next_at_once()
    {
        for (var i = 0; i < 3; i++)
            (await host.RunAsync(Requests.Python("hog = []\nwhile True: hog.append(bytearray(1 << 20))", limits: Of(64)))).ShouldReach(Outcome.MemoryLimit, "64 MiB");

        (await host.RunAsync(Requests.Python("print(len(bytearray(40 << 20)))", limits: Of(64)))).ShouldPrint("41943040\n");
    }
}
