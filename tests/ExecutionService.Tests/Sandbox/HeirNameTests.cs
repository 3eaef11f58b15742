using System.Text.RegularExpressions;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

/// <summary>A host leaves its memory to a process that the launcher knows by its name; the two are compiled apart.</summary>
public sealed partial class HeirNameTests
{
    [Fact]
    public void Who_leaves_an_heir_and_who_looks_for_it_call_it_the_same() =>
        Assert.Equal(NameIn("packs/leaving.h"), NameIn("Sandbox/Launcher/protocol.h"));

    private static string NameIn(string header) =>
        Assert.Single(Definition().Matches(File.ReadAllText(Path.Combine(PackFolders.Root, "..", header)))).Groups[1].Value;

    [GeneratedRegex("""^#define HEIR_NAME "(.+)"$""", RegexOptions.Multiline)]
    private static partial Regex Definition();
}
