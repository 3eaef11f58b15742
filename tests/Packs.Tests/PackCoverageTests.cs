using System.Text;
using System.Text.Json.Nodes;
using OnlineCompiler.ExecutionService.Languages;

namespace OnlineCompiler.Packs.Tests;

/// <summary>Every pack has a case of each kind that docs/add-a-language.md asks for.</summary>
public sealed class PackCoverageTests
{
    private static readonly (string Kind, Func<PackCase, bool> IsMet)[] _kinds =
    [
        ("the sample", @case => @case.IsOfSample),
        ("standard input", @case => @case.ToRequest("any") is { Stdin.Length: > 0 } && !@case.IsOfSample && Prints(@case)),
        ("arguments", @case => @case.ToRequest("any").Arguments.Count > 0),
        ("a chosen status", @case => (int?)@case.Expected["exitCode"] == 3),
        ("a program that fails", Fails),
        ("UTF-8", @case => HasMoreThanAscii(@case.Expected["stdout"]) || HasMoreThanAscii(@case.Expected["stdoutContains"])),
        ("the limit of CPU time", @case => (string?)@case.Expected["outcome"] == "cpuTimeLimit"),
        ("several files", @case => @case.ToRequest("any").Files.Count > 1),
    ];

    /// <summary>What a language has not got, and so no case of.</summary>
    private static readonly HashSet<(string Language, string Kind)> _impossible =
    [
        // Takes every argument for a file, and goes on after every error, to status 0.
        ("bc", "arguments"), ("bc", "a chosen status"), ("bc", "a program that fails"), ("bc", "several files"),
        // The whole language is eight signs.
        ("brainfuck", "arguments"), ("brainfuck", "a chosen status"), ("brainfuck", "several files"),
        ("sqlite", "arguments"),
        // $finish is status 0, $fatal 1.
        ("verilog", "a chosen status"),
        ("wat", "several files"),
    ];

    public static IEnumerable<TheoryDataRow<string>> Packs() => PackFolders.All.Select(language => new TheoryDataRow<string>(language).WithTrait("pack", language));

    [Theory]
    [MemberData(nameof(Packs))]
    public void A_pack_has_cases_of_every_kind_that_its_language_can_have(string language)
    {
        var cases = CasesOf(language);

        var met = _kinds.Where(kind => cases.Exists(@case => kind.IsMet(@case))).Select(kind => kind.Kind);

        Assert.Equal(_kinds.Select(kind => kind.Kind).Where(kind => !_impossible.Contains((language, kind))), met);
    }

    [Theory]
    [MemberData(nameof(Packs))]
    public void What_a_pack_can_read_of_errors_a_case_shows(string language)
    {
        var promises = PackReader.Read(Path.Combine(PackFolders.Root, language)).Diagnostics.Count > 0;

        Assert.Equal(promises, CasesOf(language).Exists(@case => @case.Expected["diagnostics"] is not null));
    }

    private static List<PackCase> CasesOf(string language) =>
        [.. PackFolders.CasesOf(language).Select(file => PackCase.Read(language, Path.GetFileNameWithoutExtension(file)))];

    private static bool Fails(PackCase @case) =>
        (bool?)@case.Expected["compileFails"] == true || ((string?)@case.Expected["outcome"] is "nonzeroExit" or "signaled" && (int?)@case.Expected["exitCode"] != 3);

    private static bool Prints(PackCase @case) => @case.Expected["stdout"] is not null || @case.Expected["stdoutContains"] is not null;

    private static bool HasMoreThanAscii(JsonNode? text) => text is not null && !Ascii.IsValid((string)text!);
}
