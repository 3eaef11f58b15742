using Google.Protobuf;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Hostile.Tests.Soak;

/// <summary>One program of the mix, and how it may end.</summary>
/// <param name="Name">For people.</param>
/// <param name="IsHostile">It means harm.</param>
/// <param name="Request">Sent as it is.</param>
/// <param name="Outcomes">Any of these; a hostile program may reach one of several limits first.</param>
internal sealed record MixedProgram(string Name, bool IsHostile, ExecuteRequest Request, params Outcome[] Outcomes);

/// <summary>
/// What a day brings, in small: honest programs of several languages, and a third that mean harm. A soak runs them one
/// after another, round and round; the order mixes both kinds.
/// </summary>
internal static class MixedPrograms
{
    public static IReadOnlyList<MixedProgram> All { get; } = [.. Honest().Chunk(2).Zip(Hostile(), (two, bad) => two.Append(bad)).SelectMany(three => three)];

    private static MixedProgram[] Honest() =>
    [
        Fine("prints a line", Program("bash", "main.sh", "echo fine")),
        Fine("counts", Program("python", "main.py", "print(sum(range(100_000)))")),
        Fine("reads its input", Program("bash", "main.sh", "tr a-z A-Z", stdin: "through\n")),
        Fine("sorts", Program("javascript", "main.js", "console.log([3, 1, 2].sort().join())")),
        Fine("is compiled", Program("c", "main.c", "#include <stdio.h>\nint main(void) { puts(\"fine\"); }")),
        new("exits with a status", false, Program("bash", "main.sh", "mkdir -p a/b; touch a/b/c; exit 3"), Outcome.NonzeroExit),
        Fine("has threads", Program("python", "main.py", """
            import threading
            threads = [threading.Thread(target=sum, args=(range(1000),)) for _ in range(8)]
            for thread in threads: thread.start()
            for thread in threads: thread.join()
            """)),
        new("does not compile", false, Program("c", "main.c", "int main(void) { return nothing; }"), Outcome.NonzeroExit),
        Fine("has children", Program("bash", "main.sh", "for i in 1 2 3; do (seq 100 | sort -rn | tail -n 1) & done; wait")),
        new("fails with a traceback", false, Program("python", "main.py", "print([][1])"), Outcome.NonzeroExit),
        Fine("is compiled, C++", Program("cpp", "main.cpp", "#include <cstdio>\n#include <initializer_list>\nint main() { for (int i : {1, 2, 3}) std::printf(\"%d\\n\", i); }")),
        Fine("waits", Program("javascript", "main.js", "setTimeout(() => console.log('later'), 20)")),
        Fine("prints much", Program("python", "main.py", "print('line of forty characters or so\\n' * 5000)")),
        Fine("hands a file back", Collecting("*.txt", Program("bash", "main.sh", "seq 1000 > numbers.txt"))),
        Fine("writes and reads files", Program("python", "main.py", "open('a', 'w').write('x' * 100_000); print(len(open('a').read()))")),
        new("crashes", false, Program("c", "main.c", "int main(void) { volatile int *nowhere = 0; return *nowhere; }"), Outcome.Signaled),
    ];

    private static MixedProgram[] Hostile() =>
    [
        Bad("forks without end", Program("bash", "main.sh", "bomb() { bomb | bomb & }; bomb; sleep 30", new Limits { WallTimeLimitMs = 300, ProcessLimit = 32 }),
            Outcome.WallTimeLimit, Outcome.CpuTimeLimit, Outcome.NonzeroExit, Outcome.Succeeded),
        Bad("eats memory", Program("python", "main.py", "blocks = []\nwhile True: blocks.append(bytearray(1 << 20))", new Limits { MemoryLimitBytes = 32 << 20 }),
            Outcome.MemoryLimit),
        Bad("ignores every signal", Program("python", "main.py", """
            import signal, time
            for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}: signal.signal(number, signal.SIG_IGN)
            while True: time.sleep(60)
            """, new Limits { WallTimeLimitMs = 200 }), Outcome.WallTimeLimit),
        Bad("prints without end", Program("bash", "main.sh", "yes", new Limits { OutputLimitBytes = 100_000 }), Outcome.OutputLimit),
        Bad("leaves daemons", Program("bash", "main.sh", "for i in 1 2 3; do setsid bash -c 'trap \"\" TERM HUP; while :; do sleep 1; done' & done; echo left"),
            Outcome.Succeeded),
        Bad("fills its workspace", Program("bash", "main.sh", "head -c 9M /dev/zero > /dev/shm/big", new Limits { WorkspaceLimitBytes = 4 << 20 }),
            Outcome.WorkspaceLimit),
        Bad("spins in all its children", Program("bash", "main.sh", "for i in 1 2 3 4; do (while :; do :; done) & done; wait", new Limits { CpuTimeLimitMs = 100 }),
            Outcome.CpuTimeLimit),
        Bad("feeds its compiler an endless file", Program("c", "main.c", "#include \"/dev/zero\"\nint main(void) { }",
            new Limits { CompileWallTimeLimitMs = 500, CompileMemoryLimitBytes = 32 << 20 }),
            Outcome.WallTimeLimit, Outcome.MemoryLimit, Outcome.NonzeroExit, Outcome.CpuTimeLimit),
    ];

    private static MixedProgram Fine(string name, ExecuteRequest request) => new(name, false, request, Outcome.Succeeded);

    private static MixedProgram Bad(string name, ExecuteRequest request, params Outcome[] outcomes) => new(name, true, request, outcomes);

    private static ExecuteRequest Program(string language, string path, string content, Limits? limits = null, string stdin = "") => new()
    {
        Language = language,
        Files = { new SourceFile { Path = path, Content = ByteString.CopyFromUtf8(content) } },
        Stdin = ByteString.CopyFromUtf8(stdin),
        Limits = limits,
    };

    private static ExecuteRequest Collecting(string glob, ExecuteRequest request)
    {
        request.Collect.Add(glob);
        return request;
    }
}
