using System.Text.RegularExpressions;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox;

/// <summary>docs/sandbox.md says which tests prove its promises.</summary>
public sealed partial class PromiseDocumentTests
{
    [Fact]
    public void Every_test_that_the_document_names_is_there()
    {
        var checkout = Path.GetFullPath(Path.Combine(PackFolders.Root, "..", ".."));
        var document = File.ReadAllText(Path.Combine(checkout, "docs", "sandbox.md"));
        var sources = Directory.EnumerateFiles(Path.Combine(checkout, "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();

        var named = NameOfTests().Matches(document).Select(match => match.Value).Distinct().ToList();

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(sources, source => source.Contains($"class {name}", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"\b[A-Z]\w+Tests(?=`)")]
    private static partial Regex NameOfTests();
}
