using System.Text.Json;
using System.Text.Json.Nodes;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Languages;

namespace OnlineCompiler.Packs.Tests;

/// <summary>Runs every test case that every pack brings, through the whole service.</summary>
public sealed class PackCaseTests(ServiceFixture service)
{
    /// <summary>What ./test.sh was told to test, with commas between.</summary>
    private static readonly string[] _asked = Environment.GetEnvironmentVariable("TESTED_LANGUAGES")?.Split(',') ?? [];

    private static readonly bool _librariesToo = Environment.GetEnvironmentVariable("TESTED_LIBRARIES") is { Length: > 0 };

    public static IEnumerable<TheoryDataRow<string, string>> Cases() =>
        from language in PackFolders.All
        from file in PackFolders.CasesOf(language)
        select new TheoryDataRow<string, string>(language, Path.GetFileNameWithoutExtension(file)).WithTrait("pack", language);

    /// <summary>Cases that are about no version, for each version that has a root of its own: nothing of the machine's toolchain helps it.</summary>
    public static IEnumerable<TheoryDataRow<string, string, string>> CasesInRoots() =>
        from language in PackFolders.All
        let pack = PackReader.Read(Path.Combine(PackFolders.Root, language))
        from alternative in pack.Alternatives
        where pack.With(alternative).Root is not null
        from name in PackFolders.CasesOf(language).Select(file => Path.GetFileNameWithoutExtension(file)!)
        let @case = PackCase.Read(language, name)
        where !@case.Needs.Any() && @case.ToRequest(language).Version.Length == 0
        select new TheoryDataRow<string, string, string>(language, name, alternative.Name).WithTrait("pack", language);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task A_case_of_a_pack_comes_out_as_it_says(string language, string name) => RunAsync(language, name, version: null);

    [Theory]
    [MemberData(nameof(CasesInRoots))]
    public Task It_comes_out_the_same_with_a_version_that_has_a_root_of_its_own(string language, string name, string version) => RunAsync(language, name, version);

    private async Task RunAsync(string language, string name, string? version)
    {
        var list = await service.Client.ListLanguagesAsync(new ListLanguagesRequest(), cancellationToken: TestContext.Current.CancellationToken);
        var known = list.Languages.Single(known => known.Id == language);
        // The core languages, and those that were asked for, must be installed; others are tested where they are.
        if (!PackFolders.Core.Contains(language) && !_asked.Contains(language))
            Assert.SkipUnless(known.Installed, $"{language} is not installed: {known.InstallCommand}");
        var @case = PackCase.Read(language, name);
        var missing = @case.Needs.Except(known.Libraries.Select(library => library.Name)).ToList();
        Assert.SkipUnless(missing.Count == 0 || (_librariesToo && _asked.Contains(language)), $"{string.Join(", ", missing)} for {language} is not installed: ./run.sh --languages {language} --libraries");

        var request = @case.ToRequest(language);
        request.Version = version ?? request.Version;

        var answer = await service.Client.ExecuteAsync(request, cancellationToken: TestContext.Current.CancellationToken);

        Check(@case.Expected, answer);
    }

    private static void Check(JsonNode expected, ExecuteResponse answer)
    {
        var compilerOutput = $"{answer.Compile?.Stdout.ToStringUtf8()}{answer.Compile?.Stderr.ToStringUtf8()}";
        if (expected["compilerOutputContains"] is { } said)
            Assert.Contains(said.GetValue<string>(), compilerOutput);
        CheckDiagnostics(expected["diagnostics"], answer);
        if (expected["compileFails"]?.GetValue<bool>() == true)
        {
            Assert.Null(answer.Run);
            // Not a compiler that was ended by a limit.
            Assert.True(answer.Outcome == Outcome.NonzeroExit, $"{answer.Outcome}: {answer.Compile?.Message} {compilerOutput}");
            return;
        }

        Assert.True(answer.Run is not null, $"It did not compile: {compilerOutput}");
        var output = answer.Run.Stdout.ToStringUtf8();
        var errors = answer.Run.Stderr.ToStringUtf8();
        if (expected["stdout"] is { } stdout)
            Assert.True(stdout.GetValue<string>() == output, $"""Standard output is "{output}", not "{stdout}"; {answer.Outcome}: {answer.Run.Message} {errors}""");
        if (expected["outcome"] is { } outcome)
            Assert.True(outcome.GetValue<string>() == JsonNamingPolicy.CamelCase.ConvertName(answer.Outcome.ToString()), $"{answer.Outcome}: {answer.Run.Message} {errors}");
        if (expected["stdoutContains"] is { } part)
            Assert.Contains(part.GetValue<string>(), output);
        if (expected["exitCode"] is { } exitCode)
            Assert.Equal(exitCode.GetValue<int>(), answer.Run.ExitCode);
        if (expected["stderrContains"] is { } error)
            Assert.Contains(error.GetValue<string>(), errors);
        foreach (var path in PackCase.Texts(expected["artifacts"]))
            Assert.True(answer.Artifacts.Any(artifact => artifact.Path == path && artifact.Content.Length > 0), $"{path} did not come back.");
    }

    private static void CheckDiagnostics(JsonNode? expected, ExecuteResponse answer)
    {
        var found = (answer.Compile?.Diagnostics ?? []).Concat(answer.Run?.Diagnostics ?? []).ToList();
        foreach (var wanted in expected?.AsArray() ?? [])
        {
            Assert.True(
                found.Exists(diagnostic => IsMeant(wanted!, diagnostic)),
                $"{wanted!.ToJsonString()} is not among: {string.Join(' ', found)} in: {answer.Compile?.Stdout.ToStringUtf8()}{answer.Compile?.Stderr.ToStringUtf8()}{answer.Run?.Stderr.ToStringUtf8()}");
        }
    }

    private static bool IsMeant(JsonNode wanted, Diagnostic diagnostic) =>
        diagnostic.File == wanted["file"]!.GetValue<string>()
        && diagnostic.Line == wanted["line"]!.GetValue<uint>()
        && diagnostic.Column == (wanted["column"]?.GetValue<uint>() ?? diagnostic.Column)
        && JsonNamingPolicy.CamelCase.ConvertName(diagnostic.Severity.ToString()) == (wanted["severity"]?.GetValue<string>() ?? "error")
        && diagnostic.Message.Contains(wanted["messageContains"]?.GetValue<string>() ?? "", StringComparison.Ordinal);
}
