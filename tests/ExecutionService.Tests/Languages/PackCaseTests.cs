using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Languages;

/// <summary>Runs every test case that every pack brings, through the whole service.</summary>
public sealed class PackCaseTests(ServiceFixture service)
{
    /// <summary>These must be installed wherever the tests run; others are tested where they are.</summary>
    private static readonly HashSet<string> _core = ["bash", "c", "cpp", "csharp", "java", "javascript", "python", "typescript"];

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var file in Directory.GetFiles(PacksDirectory, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var folder = Path.GetDirectoryName(file)!;
            if (Path.GetFileName(folder) == "tests")
                cases.Add(Path.GetFileName(Path.GetDirectoryName(folder)!), Path.GetFileNameWithoutExtension(file));
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_case_of_a_pack_comes_out_as_it_says(string language, string name)
    {
        var list = await service.Client.ListLanguagesAsync(new ListLanguagesRequest(), cancellationToken: TestContext.Current.CancellationToken);
        var installed = list.Languages.Single(known => known.Id == language).Installed;
        if (!_core.Contains(language))
            Assert.SkipUnless(installed, $"{language} is not installed");

        var directory = Path.Combine(PacksDirectory, language, "tests");
        var @case = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(directory, name + ".json"), TestContext.Current.CancellationToken))!;
        var answer = await service.Client.ExecuteAsync(RequestOf(language, @case, directory), cancellationToken: TestContext.Current.CancellationToken);

        Check(@case["expect"]!, answer);
    }

    [Fact]
    public void Every_pack_has_cases() =>
        Assert.Equal(
            Directory.GetFiles(PacksDirectory, "pack.json", SearchOption.AllDirectories).Select(file => Path.GetFileName(Path.GetDirectoryName(file))).Order(),
            Cases().Select(row => row.Data.Item1).Distinct().Order());

    internal static string PacksDirectory { get; } = FindPacks();

    private static ExecuteRequest RequestOf(string language, JsonNode @case, string directory)
    {
        var request = new ExecuteRequest { Language = language, Stdin = ByteString.CopyFromUtf8(@case["stdin"]?.GetValue<string>() ?? "") };
        foreach (var file in @case["files"]!.AsArray())
        {
            var content = file!["content"]?.GetValue<string>() ?? File.ReadAllText(Path.Combine(directory, file["from"]!.GetValue<string>()));
            request.Files.Add(Requests.File(file["path"]!.GetValue<string>(), content));
        }
        request.Arguments.Add(Texts(@case["arguments"]));
        request.CompilerArguments.Add(Texts(@case["compilerArguments"]));
        request.Collect.Add(Texts(@case["collect"]));
        foreach (var (variable, value) in @case["environment"]?.AsObject() ?? [])
            request.Environment[variable] = value!.GetValue<string>();
        request.Version = @case["version"]?.GetValue<string>() ?? "";
        request.Limits = @case["limits"] is { } limits ? LimitsOf(limits) : null;
        return request;
    }

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

    private static IEnumerable<string> Texts(JsonNode? list) => list?.AsArray().Select(item => item!.GetValue<string>()) ?? [];

    private static void Check(JsonNode expected, ExecuteResponse answer)
    {
        var compilerOutput = $"{answer.Compile?.Stdout.ToStringUtf8()}{answer.Compile?.Stderr.ToStringUtf8()}";
        if (expected["compilerOutputContains"] is { } said)
            Assert.Contains(said.GetValue<string>(), compilerOutput);
        if (expected["compileFails"]?.GetValue<bool>() == true)
        {
            Assert.Null(answer.Run);
            return;
        }

        Assert.True(answer.Run is not null, $"It did not compile: {compilerOutput}");
        var errors = answer.Run.Stderr.ToStringUtf8();
        if (expected["stdout"] is { } stdout)
            Assert.Equal(stdout.GetValue<string>(), answer.Run.Stdout.ToStringUtf8());
        if (expected["outcome"] is { } outcome)
            Assert.True(outcome.GetValue<string>() == JsonNamingPolicy.CamelCase.ConvertName(answer.Outcome.ToString()), $"{answer.Outcome}: {answer.Run.Message} {errors}");
        if (expected["stdoutContains"] is { } part)
            Assert.Contains(part.GetValue<string>(), answer.Run.Stdout.ToStringUtf8());
        if (expected["exitCode"] is { } exitCode)
            Assert.Equal(exitCode.GetValue<int>(), answer.Run.ExitCode);
        if (expected["stderrContains"] is { } error)
            Assert.Contains(error.GetValue<string>(), errors);
        foreach (var path in Texts(expected["artifacts"]))
            Assert.True(answer.Artifacts.Any(artifact => artifact.Path == path && artifact.Content.Length > 0), $"{path} did not come back.");
    }

    private static string FindPacks()
    {
        var directory = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Combine(directory, "ExecutionService", "packs")))
            directory = Path.GetDirectoryName(directory) ?? throw new DirectoryNotFoundException("The packs are not above the tests.");
        return Path.Combine(directory, "ExecutionService", "packs");
    }
}
