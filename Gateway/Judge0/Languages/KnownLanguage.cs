namespace OnlineCompiler.Gateway.Judge0.Languages;

/// <summary>A language by Judge0's id, as its clients hard-code it.</summary>
/// <param name="Id">Judge0's.</param>
/// <param name="Name">Before the parentheses.</param>
/// <param name="Version">The version that Judge0 has.</param>
/// <param name="Pack">Our id of the language that runs it; null where we have nothing like it.</param>
/// <param name="Toolchain">In the parentheses, before the version.</param>
/// <param name="Script">For what is no language but something that a line of Bash does.</param>
internal sealed record KnownLanguage(int Id, string Name, string Version, string? Pack, string Toolchain = "", Script? Script = null)
{
    public const int PlainText = 43;
    public const int Executable = 44;
    public const int MultiFile = 89;

    private const string Gcc = "GCC ";
    private const string Jdk = "OpenJDK ";
    private const string Node = "Node.js ";

    /// <summary>
    /// Those of Judge0 CE, and from 90 those of its hosted edition. Python 2 and Scala 3 are other languages than what we have; a
    /// program for Clang or Mono is one for GCC or .NET.
    /// </summary>
    public static readonly IReadOnlyList<KnownLanguage> All =
    [
        new(PlainText, "Plain Text", "", "bash", Script: new("text.txt", "exec cat text.txt\n")),
        new(Executable, "Executable", "", "bash", Script: new("a.out", "chmod +x a.out && exec ./a.out \"$@\"\n")),
        new(45, "Assembly", "2.14.02", "nasm", "NASM "),
        new(46, "Bash", "5.0.0", "bash"),
        new(47, "Basic", "1.07.1", "basic", "Yabasic "),
        new(48, "C", "7.4.0", "c", Gcc),
        new(49, "C", "8.3.0", "c", Gcc),
        new(50, "C", "9.2.0", "c", Gcc),
        new(51, "C#", "6.6.0", "csharp", ".NET SDK "),
        new(52, "C++", "7.4.0", "cpp", Gcc),
        new(53, "C++", "8.3.0", "cpp", Gcc),
        new(54, "C++", "9.2.0", "cpp", Gcc),
        new(55, "Common Lisp", "2.0.0", "commonlisp", "SBCL "),
        new(56, "D", "2.089.1", "d", "LDC "),
        new(57, "Elixir", "1.9.4", "elixir"),
        new(58, "Erlang", "22.2", "erlang", "OTP "),
        new(59, "Fortran", "9.2.0", "fortran", "GFortran "),
        new(60, "Go", "1.13.5", "go"),
        new(61, "Haskell", "8.8.1", "haskell", "GHC "),
        new(62, "Java", "13.0.1", "java", Jdk),
        new(63, "JavaScript", "12.14.0", "javascript", Node),
        new(64, "Lua", "5.3.5", "lua"),
        new(65, "OCaml", "4.09.0", "ocaml"),
        new(66, "Octave", "5.1.0", "octave"),
        new(67, "Pascal", "3.0.4", "pascal", "FPC "),
        new(68, "PHP", "7.4.1", "php"),
        new(69, "Prolog", "1.4.5", "gprolog", "GNU Prolog "),
        new(70, "Python", "2.7.17", null),
        new(71, "Python", "3.8.1", "python"),
        new(72, "Ruby", "2.7.0", "ruby"),
        new(73, "Rust", "1.40.0", "rust"),
        new(74, "TypeScript", "3.7.4", "typescript"),
        new(75, "C", "7.0.1", "c", Gcc),
        new(76, "C++", "7.0.1", "cpp", Gcc),
        new(77, "COBOL", "2.2", "cobol", "GnuCOBOL "),
        new(78, "Kotlin", "1.3.70", "kotlin"),
        new(79, "Objective-C", "7.0.1", "objectivec", Gcc),
        new(80, "R", "4.0.0", "r"),
        new(81, "Scala", "2.13.2", "scala"),
        new(82, "SQL", "3.27.2", "sqlite", "SQLite "),
        new(83, "Swift", "5.2.3", null),
        new(84, "Visual Basic.Net", "0.0.0.5943", "vbnet", ".NET SDK "),
        new(85, "Perl", "5.28.1", "perl"),
        new(86, "Clojure", "1.10.1", "clojure"),
        new(87, "F#", "3.1.202", "fsharp"),
        new(88, "Groovy", "3.0.3", "groovy"),
        new(MultiFile, "Multi-file program", "", "bash", Script: Script.OfTwo),
        new(90, "Dart", "2.19.2", null),
        new(91, "Java", "17.0.6", "java", Jdk),
        new(92, "Python", "3.11.2", "python"),
        new(93, "JavaScript", "18.15.0", "javascript", Node),
        new(94, "TypeScript", "5.0.3", "typescript"),
        new(95, "Go", "1.18.5", "go"),
        new(96, "JavaFX", "22.0.2", null, Jdk),
        new(97, "JavaScript", "20.17.0", "javascript", Node),
        new(98, "PHP", "8.3.11", "php"),
        new(99, "R", "4.4.1", "r"),
        new(100, "Python", "3.12.5", "python"),
        new(101, "TypeScript", "5.6.2", "typescript"),
        new(102, "JavaScript", "22.08.0", "javascript", Node),
        new(103, "C", "14.1.0", "c", Gcc),
        new(104, "C", "18.1.8", "c", Gcc),
        new(105, "C++", "14.1.0", "cpp", Gcc),
        new(106, "Go", "1.22.0", "go"),
        new(107, "Go", "1.23.5", "go"),
        new(108, "Rust", "1.85.0", "rust"),
        new(109, "Python", "3.13.2", "python"),
        new(110, "C", "19.1.7", "c", Gcc),
        new(111, "Kotlin", "2.1.10", "kotlin"),
        new(112, "Scala", "3.4.2", null),
        new(113, "Python", "3.14.0", "python"),
    ];

    /// <summary>What Judge0 ran before and does no more, by ids from 1.</summary>
    public static readonly IReadOnlyList<string> Archived =
    [
        "Bash (4.4)", "Bash (4.0)", "Basic (fbc 1.05.0)", "C (gcc 7.2.0)", "C (gcc 6.4.0)", "C (gcc 6.3.0)", "C (gcc 5.4.0)", "C (gcc 4.9.4)",
        "C (gcc 4.8.5)", "C++ (g++ 7.2.0)", "C++ (g++ 6.4.0)", "C++ (g++ 6.3.0)", "C++ (g++ 5.4.0)", "C++ (g++ 4.9.4)", "C++ (g++ 4.8.5)",
        "C# (mono 5.4.0.167)", "C# (mono 5.2.0.224)", "Clojure (1.8.0)", "Crystal (0.23.1)", "Elixir (1.5.1)", "Erlang (OTP 20.0)", "Go (1.9)",
        "Haskell (ghc 8.2.1)", "Haskell (ghc 8.0.2)", "Insect (5.0.0)", "Java (OpenJDK 9 with Eclipse OpenJ9)", "Java (OpenJDK 8)",
        "Java (OpenJDK 7)", "JavaScript (nodejs 8.5.0)", "JavaScript (nodejs 7.10.1)", "OCaml (4.05.0)", "Octave (4.2.0)", "Pascal (fpc 3.0.0)",
        "Python (3.6.0)", "Python (3.5.3)", "Python (2.7.9)", "Python (2.6.9)", "Ruby (2.4.0)", "Ruby (2.3.3)", "Ruby (2.2.6)", "Ruby (2.1.9)",
        "Rust (1.20.0)",
    ];

    /// <summary>As Judge0 writes it.</summary>
    public string NameWith(string version) => version is "" || Script is not null ? Name : $"{Name} ({Toolchain}{version})";
}

/// <summary>What Bash does for something that is no language.</summary>
/// <param name="SourceFile">Name that the source gets; null when there is none.</param>
/// <param name="Text">The script; null when the submission's own files decide.</param>
internal sealed record Script(string? SourceFile, string? Text)
{
    /// <summary>The two scripts that a submission of several files brings along.</summary>
    public static readonly Script OfTwo = new(null, null);
}
