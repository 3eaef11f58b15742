using System.Diagnostics;
using System.Text.Json;
using OnlineCompiler.ExecutionService.Languages;

namespace OnlineCompiler.Packs.Tests;

/// <summary>Every pack is as the schemas say, installed or not.</summary>
public sealed class PackFormTests
{
    public static IEnumerable<TheoryDataRow<string>> Packs() => PackFolders.All.Select(language => new TheoryDataRow<string>(language).WithTrait("pack", language));

    [Theory]
    [MemberData(nameof(Packs))]
    public void A_manifest_is_sound(string language) => Assert.Equal(language, PackReader.Read(Path.Combine(PackFolders.Root, language)).Id);

    [Theory]
    [MemberData(nameof(Packs))]
    public void A_pack_has_cases_and_they_are_sound(string language)
    {
        using var text = File.OpenRead(Path.Combine(PackFolders.Root, "test-case.schema.json"));
        var schema = JsonSchema.Parse(text);
        var cases = PackFolders.CasesOf(language).ToList();

        Assert.NotEmpty(cases);
        Assert.All(cases, file =>
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            Assert.Null(schema.FindViolation(document.RootElement));
        });
    }

    [Fact]
    public void Scripts_and_tests_agree_on_the_core_languages()
    {
        var spelled = PackFolders.All.Where(language => File.ReadLines(Path.Combine(PackFolders.Root, language, "pack.json")).Contains("  \"core\": true,"));

        Assert.NotEmpty(PackFolders.Core);
        Assert.Equal(PackFolders.Core, spelled);
    }

    [Fact]
    public async Task Scripts_and_service_agree_on_the_roots_of_languages()
    {
        var script = $"set -eu; root={Path.GetFullPath(Path.Combine(PackFolders.Root, "..", ".."))}; cd $root/scripts; source ./languages.sh; source ./roots.sh; for id in $(languages_in all); do roots_of $id; done";
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true })!;
        var printed = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        var wanted = from language in PackFolders.All
            let pack = PackReader.Read(Path.Combine(PackFolders.Root, language))
            from version in pack.Alternatives.Select(pack.With).Prepend(pack)
            where version.Root is not null
            select $"{version.Root} {version.Install.Root} {string.Join(' ', version.Install.Apt)}";
        Assert.Equal(0, process.ExitCode);
        Assert.NotEmpty(printed);
        Assert.Equal(wanted, printed.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void No_two_packs_share_a_name()
    {
        var names = PackFolders.All.Select(language => PackReader.Read(Path.Combine(PackFolders.Root, language))).SelectMany(pack => pack.Aliases.Prepend(pack.Id));

        Assert.Empty(names.GroupBy(name => name).Where(same => same.Count() > 1).Select(same => same.Key));
    }
}
