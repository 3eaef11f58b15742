using OnlineCompiler.Execution.V1;
using OnlineCompiler.Hostile.Tests.Witness;

namespace OnlineCompiler.Hostile.Tests.Escape;

/// <summary>
/// A host leaves its memory to a process of a certain name when it ends, which is stopped and not waited for
/// (<c>packs/leaving.h</c>, <c>Launcher/killing.c</c>). Programs know the name, too.
/// </summary>
public sealed class HeirTests(WatchedHost host)
{
    private const string Heir = "heir of memory";

    public static TheoryData<string, string> Pretenders => new()
    {
        { "sleeps", "time.sleep(60)" },
        { "is busy", "while True: pass" },
        { "writes", "while True: os.write(1, b'.'); time.sleep(0.001)" },
        { "makes others", "while True:\n  if os.fork() == 0: time.sleep(60)\n  time.sleep(0.001)" },
        { "has a thread", "threading.Thread(target=time.sleep, args=(60,)).start()" },
        { "is woken by a timer", "class Event(ctypes.Structure): _fields_ = [('value', ctypes.c_long), ('signal', ctypes.c_int), ('kind', ctypes.c_int), ('rest', ctypes.c_long * 6)]\nsignal.signal(signal.SIGCONT, lambda *_: os.write(1, b'.'))\nlibrary, timer = ctypes.CDLL(None), ctypes.c_void_p()\nif library.timer_create(1, ctypes.byref(Event(0, signal.SIGCONT)), ctypes.byref(timer)) != 0: os._exit(1)\nlibrary.timer_settime(timer, 0, (ctypes.c_long * 4)(0, 1000000, 0, 1000000), None)\ntime.sleep(60)" },
        { "cannot be looked into", "ctypes.CDLL(None).prctl(4, 0)\ntime.sleep(60)" },
        { "holds memory", "m = mmap.mmap(-1, 100 << 20)\nfor page in range(0, len(m), 4096): m[page] = 1\ntime.sleep(60)" },
    };

    [Theory]
    [MemberData(nameof(Pretenders))]
    public async Task Who_only_bears_its_name_ends_with_the_program(string deed, string pretender)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(deed);
        await PretendAsync(pretender, count: 1);
    }

    [Fact]
    public Task Several_of_its_name_end_with_the_program() => PretendAsync("time.sleep(60)", count: 3);

    [Fact]
    public async Task The_heir_of_a_host_has_nothing_but_its_memory_and_can_do_nothing()
    {
        var answer = await host.RunAsync(Requests.Bash($$"""
            LD_PRELOAD=/opt/toolchains/javascript/leaving.so bash -c 'echo "${LD_PRELOAD-hidden}"; exit 3'
            echo "status $?"
            for process in /proc/[0-9]*; do
              [[ $(< $process/comm) == "{{Heir}}" ]] || continue
              kill -TERM ${process#/proc/}
              echo "files $(ls $process/fd | wc -l), threads $(ls $process/task | wc -l), $(grep ^State $process/status)"
            done
            """));

        Assert.Equal((Outcome.Succeeded, "hidden\nstatus 3\nfiles 0, threads 1, State:\tS (sleeping)\n"), (answer.Outcome, answer.Run.Stdout.ToStringUtf8()));
    }

    [Fact]
    public async Task What_was_written_to_a_file_that_is_left_open_is_there_when_a_host_has_ended()
    {
        var answer = await host.RunAsync(Requests.Bash("""
            LD_PRELOAD=/opt/toolchains/javascript/leaving.so python3 -c '
            import ctypes
            library = ctypes.CDLL(None)
            library.fopen.restype = ctypes.c_void_p
            library.fputs(b"written", ctypes.c_void_p(library.fopen(b"left-open", b"w")))'
            cat left-open; grep -c "heir of memory" /proc/[0-9]*/comm | grep -c :1
            """));

        Assert.Equal((Outcome.Succeeded, "written1\n"), (answer.Outcome, answer.Run.Stdout.ToStringUtf8()));
    }

    private async Task PretendAsync(string pretender, int count)
    {
        var answer = await host.RunAsync(Requests.Python($$"""
            import ctypes, mmap, os, signal, threading, time
            def become_heir():
              open('/proc/self/comm', 'w').write('{{Heir}}')
              os.write(ready, b'!')
            {{Function("pretend", pretender)}}
            waiting, ready = os.pipe()
            for number in range({{count}}):
              if os.fork() == 0:
                become_heir()
                pretend()
                os._exit(0)
              os.read(waiting, 1)
            time.sleep(0.05)
            os.write(2, open(f'/proc/{os.getpid() + 1}/comm').read().encode())
            """));

        Assert.Equal((Outcome.Succeeded, Heir + "\n"), (answer.Outcome, answer.Run.Stderr.ToStringUtf8()));
    }

    private static string Function(string name, string body) => $"def {name}():\n  {body.Replace("\n", "\n  ", StringComparison.Ordinal)}";
}
