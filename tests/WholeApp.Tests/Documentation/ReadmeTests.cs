using System.Diagnostics;
using System.Text.RegularExpressions;
using OnlineCompiler.WholeApp.Tests.Application;

namespace OnlineCompiler.WholeApp.Tests.Documentation;

public sealed partial class ReadmeTests(SharedApp shared)
{
    [Theory]
    [InlineData("README.md", "succeeded")]
    [InlineData("docs/piston.md", "succeeded")]
    [InlineData("docs/judge0.md", "Accepted")]
    [InlineData("docs/judging.md", "\"verdict\":\"accepted\",\"score\"")]
    public async Task The_commands_of_the_documents_work_as_printed(string document, string answer)
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, document), TestContext.Current.CancellationToken);
        var commands = ShellBlock().Matches(readme).Select(match => match.Groups[1].Value).Where(block => block.Contains("curl", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(commands);
        foreach (var command in commands)
            Assert.Contains(answer, await RunAsync(command.Replace("http://localhost:8080", shared.App.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(string command)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", command]) { RedirectStandardOutput = true })!;
        var output = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(bash.ExitCode == 0, $"{command}\n{output}");
        return output;
    }

    [GeneratedRegex(@"```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();
}
