namespace OnlineCompiler.Cli.Tests.Server;

internal static class FakeLanguages
{
    public static readonly string Json = $$"""
        { "languages": [
          {{Language("c", "C", ".c", ".h")}},
          {{Language("forth", "Forth", ".fs")}},
          {{Language("fsharp", "F#", ".fs", ".fsi")}},
          {{Language("lua", "Lua", ".lua")}},
          {{Language("luajit", "LuaJIT", ".lua")}},
          {{Language("octave", "Octave", ".m")}},
          {{NotInstalled("objectivec", "Objective-C", ".m")}},
          {{Language("python", "Python", ".py")}},
          {{NotInstalled("zig", "Zig", ".zig")}}
        ] }
        """;

    private static string Language(string id, string name, params string[] extensions) => Describe(id, name, extensions, isInstalled: true);

    private static string NotInstalled(string id, string name, params string[] extensions) => Describe(id, name, extensions, isInstalled: false);

    private static string Describe(string id, string name, string[] extensions, bool isInstalled) => $$"""
        { "id": "{{id}}", "name": "{{name}}", "aliases": [], "extensions": [{{string.Join(", ", extensions.Select(extension => $"\"{extension}\""))}}],
          "version": "{{(isInstalled ? "1.2.3" : "")}}", "versions": [{{(isInstalled ? "\"1.2.3\"" : "")}}], "uninstalledVersions": [],
          "installed": {{(isInstalled ? "true" : "false")}}, "installCommand": "{{(isInstalled ? "" : "./run.sh --languages " + id)}}", "compiled": false,
          "editorMode": "text", "lineComment": null, "blockComment": null, "entryPoint": "main{{extensions[0]}}", "sample": "", "sampleStdin": "",
          "libraries": [{ "name": "numpy", "version": "1.24.2" }] }
        """;
}
