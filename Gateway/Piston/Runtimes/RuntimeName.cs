namespace OnlineCompiler.Gateway.Piston.Runtimes;

/// <summary>What a language of ours is called by Piston's clients.</summary>
/// <param name="Language">Piston's canonical name.</param>
/// <param name="Aliases">Piston's other names for it.</param>
/// <param name="Package">Piston's package, where one serves several languages.</param>
/// <param name="Pin">The version that many clients hard-code.</param>
internal sealed record RuntimeName(string Language, string[] Aliases, string? Package = null, string? Pin = null)
{
    // By our id. Languages that are not here are called the same by both, and have our aliases alone.
    private static readonly Dictionary<string, RuntimeName> ByLanguageId = new()
    {
        ["awk"] = new("awk", ["gawk"], "gawk"),
        ["c"] = new("c", ["gcc"], "gcc", "10.2.0"),
        ["cobol"] = new("cobol", ["cob"]),
        ["commonlisp"] = new("lisp", ["cl", "sbcl", "commonlisp"]),
        ["cpp"] = new("c++", ["cpp", "g++"], "gcc", "10.2.0"),
        // Piston has C# and Visual Basic twice, for Mono and for .NET; here .NET answers to all of these names.
        ["csharp"] = new("csharp", ["mono", "c#", "cs", "csharp.net", "dotnet-cs"], "dotnet", "6.12.0"),
        ["vbnet"] = new("basic.net", ["vb.net", "basic", "vb", "visual-basic"], "dotnet"),
        ["basic"] = new("yabasic", ["bas"]),
        ["emacslisp"] = new("emacs", ["el", "elisp"]),
        ["fortran"] = new("fortran", ["f90"], "gcc"),
        ["fsharp"] = new("fsharp.net", ["fsharp", "fs", "f#"], "dotnet"),
        ["go"] = new("go", ["golang"], Pin: "1.16.2"),
        ["java"] = new("java", [], Pin: "15.0.2"),
        ["javascript"] = new("javascript", ["node-javascript", "node-js", "js"], "node", "18.15.0"),
        ["kotlin"] = new("kotlin", ["kt"], Pin: "1.8.20"),
        ["nasm"] = new("nasm64", ["asm64"], "nasm"),
        ["pascal"] = new("pascal", ["freepascal", "pp", "pas"]),
        ["php"] = new("php", ["php8", "html"]),
        ["python"] = new("python", ["py", "py3", "python3"], Pin: "3.10.0"),
        ["r"] = new("rscript", ["r"]),
        ["ruby"] = new("ruby", ["ruby3", "rb"], Pin: "3.0.1"),
        ["rust"] = new("rust", ["rs"], Pin: "1.68.2"),
        ["sqlite"] = new("sqlite3", ["sqlite", "sql"]),
        ["typescript"] = new("typescript", ["ts", "node-ts", "tsc"], Pin: "5.0.3"),
        ["verilog"] = new("iverilog", ["verilog", "vvp"]),
    };

    // Only the public instance's own versions: to any other that nothing here satisfies, the answer is no.
    private static readonly (string Alias, string Pin)[] FurtherPins = [("csharp.net", "5.0.201"), ("dotnet-cs", "5.0.201")];

    public static RuntimeName Of(string languageId) => ByLanguageId.GetValueOrDefault(languageId) ?? new RuntimeName(languageId, []);

    /// <summary>Whether this is the version that clients hard-code for the language by this name.</summary>
    public bool IsPin(string requestedName, string version) => version == Pin || FurtherPins.Contains((requestedName, version));
}
