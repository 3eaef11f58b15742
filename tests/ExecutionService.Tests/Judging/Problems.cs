using Google.Protobuf;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Judging;

/// <summary>
/// Problems with solutions in three languages. A solution is right, unless its argument asks for a failure; so that one
/// program, compiled once, gets every verdict there is.
/// </summary>
internal static class Problems
{
    public const string GuessInteractor = """
        import sys
        secret = int(open(sys.argv[1]).read())
        assert open(sys.argv[3]).read() == "right"
        for _ in range(10):
            line = sys.stdin.readline()
            if not line:
                print("the program left", file=sys.stderr)
                sys.exit(1)
            try:
                guess = int(line)
            except ValueError:
                print("that is no number", file=sys.stderr)
                sys.exit(2)
            if guess == secret:
                print("right", flush=True)
                sys.exit(0)
            print("greater" if secret > guess else "less", flush=True)
        print("too many guesses", file=sys.stderr)
        sys.exit(1)
        """;

    private const string SumChecker = """
        import sys
        total = int(open(sys.argv[1]).read())
        assert open(sys.argv[3]).read() == "any two"
        words = open(sys.argv[2]).read().split()
        if len(words) != 2:
            print("two numbers, please", file=sys.stderr)
            sys.exit(2)
        print("they sum to", sum(map(int, words)), file=sys.stderr)
        sys.exit(0 if sum(map(int, words)) == total and min(map(int, words)) > 0 else 1)
        """;

    private const string PythonMisdeeds = """
        import sys
        how = sys.argv[1] if len(sys.argv) > 1 else ""
        while how == "loop": pass
        if how == "memory": x = [bytearray(1 << 20) for _ in range(1 << 20)]
        while how == "flood": sys.stdout.write("flood" * 100)
        if how == "crash": raise Exception("on purpose")
        wrong, misformed = how == "wrong", how == "misformed"

        """;

    private const string CppMisdeeds = """
        #include <bits/stdc++.h>
        using namespace std;
        int main(int argc, char **argv) {
            string how = argc > 1 ? argv[1] : "";
            for (volatile int i = 0; how == "loop"; i = i + 1);
            while (how == "memory") memset(malloc(1 << 20), 1, 1 << 20);
            while (how == "flood") fputs("flood flood flood flood", stdout);
            if (how == "crash") abort();
            bool wrong = how == "wrong", misformed = how == "misformed";

        """;

    private const string JavaMisdeeds = """
        import java.nio.ByteBuffer;
        import java.util.*;
        public class Main {
            static List<Object> kept = new ArrayList<>();
            public static void main(String[] arguments) {
                String how = arguments.length > 0 ? arguments[0] : "";
                while (how.equals("loop"));
                if (how.equals("memory")) {
                    // The heap has a limit of its own below the sandbox's; what lies beside it does not count there.
                    try { while (true) kept.add(ByteBuffer.allocateDirect(1 << 20)); } catch (OutOfMemoryError full) { }
                    while (true) kept.add(new byte[1 << 20]);
                }
                while (how.equals("flood")) System.out.print("flood flood flood flood");
                if (how.equals("crash")) throw new RuntimeException("on purpose");
                boolean wrong = how.equals("wrong"), misformed = how.equals("misformed");
                Scanner in = new Scanner(System.in);

        """;

    public static IEnumerable<string> Names => ["sum", "sorting", "root", "any two", "guess"];

    public static IEnumerable<string> Languages => ["python", "cpp", "java"];

    /// <summary>A judgement whose program can do the misdeeds; each test is one of them.</summary>
    public static JudgeRequest Judge(string problem, string language, params string[] misdeeds)
    {
        var (input, expected) = DataOf(problem);
        var request = Judgements.Judge(Program(problem, language), [.. misdeeds.Select(misdeed => Test(language, input, expected, misdeed))]);
        if (problem == "root")
            request.Comparison = new Comparison { Mode = Comparison.Types.Mode.Numbers, AbsoluteTolerance = 1e-6 };
        return problem switch
        {
            "any two" => request.CheckedBy(SumChecker),
            "guess" => request.TalkingWith(GuessInteractor),
            _ => request,
        };
    }

    public static ExecuteRequest Program(string problem, string language) => language switch
    {
        "python" => Requests.Python(PythonMisdeeds + PythonSolution(problem)),
        "cpp" => Requests.Program("cpp", CppMisdeeds + CppSolution(problem) + "\n}\n", path: "main.cpp"),
        _ => Requests.Program("java", JavaMisdeeds + JavaSolution(problem) + "\n} }\n", path: "Main.java"),
    };

    private static JudgeTest Test(string language, string input, string expected, string misdeed)
    {
        var test = Judgements.Test(input, expected, misdeed);
        test.Id = misdeed;
        test.Limits = misdeed switch
        {
            "loop" => new Limits { CpuTimeLimitMs = language == "java" ? 1_500u : 500u },
            "memory" => new Limits { MemoryLimitBytes = language == "java" ? 160u << 20 : 64u << 20 },
            "flood" => new Limits { OutputLimitBytes = 64 << 10 },
            _ => null,
        };
        return test;
    }

    private static (string Input, string Expected) DataOf(string problem) => problem switch
    {
        "sum" => ("17 25\n", "42\n"),
        "sorting" => ("5\n3 1 2 5 4\n", "1 2 3 4 5\n"),
        "root" => ("2\n", "1.41421356237\n"),
        "any two" => ("10\n", "any two"),
        _ => ("37\n", "right"),
    };

    private static string PythonSolution(string problem) => problem switch
    {
        "sum" => "a, b = map(int, input().split())\nprint((' ' if misformed else '') + str(a - b if wrong else a + b))",
        "sorting" => "input()\nx = sorted(map(int, input().split()), reverse=wrong)\nprint(*x, sep='\\n' if misformed else ' ')",
        "root" => "print(float(input()) ** 0.5 + (0.001 if wrong else 0))",
        "any two" => "n = int(input())\nprint(1, n if wrong else n - 1, *([0] if misformed else []))",
        _ => """
            low, high = 1, 100
            while True:
                guess = (low + high) // 2
                print("what?" if misformed else guess, flush=True)
                answer = input()
                if answer == "right": break
                if not wrong:
                    if answer == "less": high = guess - 1
                    else: low = guess + 1
            """,
    };

    private static string CppSolution(string problem) => problem switch
    {
        "sum" => "int a, b; cin >> a >> b; cout << (misformed ? \" \" : \"\") << (wrong ? a - b : a + b) << endl;",
        "sorting" => "int n; cin >> n; vector<int> x(n); for (auto &i : x) cin >> i; if (!wrong) sort(x.begin(), x.end()); for (int i : x) cout << i << (misformed ? '\\n' : ' ');",
        "root" => "double x; cin >> x; printf(\"%.9f\\n\", sqrt(x) + (wrong ? 0.001 : 0));",
        "any two" => "int n; cin >> n; cout << 3 << ' ' << (wrong ? n : n - 3); if (misformed) cout << \" 0\";",
        _ => """
            int low = 1, high = 100;
            for (string answer; answer != "right" && cin;) {
                int guess = (low + high) / 2;
                if (misformed) cout << "what?" << endl; else cout << guess << endl;
                cin >> answer;
                if (wrong) continue;
                if (answer == "less") high = guess - 1; else low = guess + 1;
            }
            """,
    };

    private static string JavaSolution(string problem) => problem switch
    {
        "sum" => "int a = in.nextInt(), b = in.nextInt(); System.out.println((misformed ? \" \" : \"\") + (wrong ? a - b : a + b));",
        "sorting" => "int n = in.nextInt(); int[] x = new int[n]; for (int i = 0; i < n; i++) x[i] = in.nextInt(); if (!wrong) Arrays.sort(x); for (int i : x) System.out.print(i + (misformed ? \"\\n\" : \" \"));",
        "root" => "System.out.println(Math.sqrt(in.nextInt()) + (wrong ? 0.001 : 0));",
        "any two" => "int n = in.nextInt(); System.out.println(\"5 \" + (wrong ? n : n - 5) + (misformed ? \" 0\" : \"\"));",
        _ => """
            int low = 1, high = 100;
            while (true) {
                int guess = (low + high) / 2;
                System.out.println(misformed ? "what?" : "" + guess);
                if (!in.hasNextLine()) return;
                String answer = in.nextLine();
                if (answer.equals("right")) return;
                if (wrong) continue;
                if (answer.equals("less")) high = guess - 1; else low = guess + 1;
            }
            """,
    };
}
