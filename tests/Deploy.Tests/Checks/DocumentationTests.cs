using System.Text.RegularExpressions;
using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Checks;

/// <summary>deploy/README.md names tests, environments and stacks that there are.</summary>
public sealed partial class DocumentationTests(SynthesizedEnvironments environments)
{
    private static readonly string _readme = File.ReadAllText(Path.Combine(Checkout.Root, "deploy", "README.md"));

    [Fact]
    public void Every_test_that_a_promise_names_is_there()
    {
        var tests = typeof(DocumentationTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Select(method => method.Name).ToHashSet();
        var named = Section("What is promised").Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => TestName().Matches(line).Select(match => match.Groups[1].Value).ToList()).ToList();

        Assert.True(named.Count > 30, $"{named.Count} promises");
        Assert.All(named, Assert.NotEmpty);
        Assert.Empty(named.SelectMany(names => names).Except(tests));
    }

    [Fact]
    public void Every_environment_and_every_stack_is_described()
    {
        Assert.All(SynthesizedEnvironments.Names, name => Assert.Contains($"`{name}`", _readme, StringComparison.Ordinal));
        Assert.All(environments["production"].Everything.Select(resource => resource.Stack).Distinct(), stack => Assert.Contains($"| `{stack}` |", _readme, StringComparison.Ordinal));
    }

    private static string Section(string title) => _readme.Split("\n## ").Single(section => section.StartsWith(title, StringComparison.Ordinal));

    [GeneratedRegex("`([A-Za-z0-9]+(_[A-Za-z0-9]+)+)`")]
    private static partial Regex TestName();
}
