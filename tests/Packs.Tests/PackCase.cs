using System.Text.Json.Nodes;
using Google.Protobuf;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Packs.Tests;

/// <summary>A test case of a pack, as test-case.schema.json describes it.</summary>
internal sealed class PackCase
{
    private readonly JsonNode _json;
    private readonly string _directory;

    private PackCase(JsonNode json, string directory)
    {
        _json = json;
        _directory = directory;
    }

    /// <summary>Names of libraries.</summary>
    public IEnumerable<string> Needs => Texts(_json["needs"]);

    public JsonNode Expected => _json["expect"]!;

    /// <summary>It runs the program that the editor shows first.</summary>
    public bool IsOfSample => _json["files"]!.AsArray().Any(file => ((string?)file!["from"])?.StartsWith("../sample", StringComparison.Ordinal) == true);

    public static PackCase Read(string language, string name)
    {
        var directory = Path.Combine(PackFolders.Root, language, "tests");
        return new PackCase(JsonNode.Parse(File.ReadAllText(Path.Combine(directory, name + ".json")))!, directory);
    }

    public ExecuteRequest ToRequest(string language)
    {
        var request = new ExecuteRequest
        {
            Language = language,
            Version = Text("version"),
            Stdin = ByteString.CopyFromUtf8(Text("stdin")),
            Limits = _json["limits"] is { } limits ? LimitsOf(limits) : null,
        };
        foreach (var file in _json["files"]!.AsArray())
        {
            var content = file!["content"]?.GetValue<string>() ?? File.ReadAllText(Path.Combine(_directory, file["from"]!.GetValue<string>()));
            request.Files.Add(Requests.File(file["path"]!.GetValue<string>(), content));
        }
        foreach (var (variable, value) in _json["environment"]?.AsObject() ?? [])
            request.Environment[variable] = value!.GetValue<string>();
        request.Arguments.Add(Texts(_json["arguments"]));
        request.CompilerArguments.Add(Texts(_json["compilerArguments"]));
        request.Collect.Add(Texts(_json["collect"]));
        return request;
    }

    public static IEnumerable<string> Texts(JsonNode? list) => list?.AsArray().Select(item => item!.GetValue<string>()) ?? [];

    private string Text(string key) => _json[key]?.GetValue<string>() ?? "";

    private static Limits LimitsOf(JsonNode limits)
    {
        ulong Asked(string name) => limits[name]?.GetValue<ulong>() ?? 0;
        return new Limits
        {
            WallTimeLimitMs = (uint)Asked("wallTimeMs"),
            CpuTimeLimitMs = (uint)Asked("cpuTimeMs"),
            MemoryLimitBytes = Asked("memoryBytes"),
            ProcessLimit = (uint)Asked("processes"),
            OutputLimitBytes = Asked("outputBytes"),
            WorkspaceLimitBytes = Asked("workspaceBytes"),
            CompileWallTimeLimitMs = (uint)Asked("compileWallTimeMs"),
            CompileMemoryLimitBytes = Asked("compileMemoryBytes"),
        };
    }
}
