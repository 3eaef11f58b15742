using System.Diagnostics;

namespace OnlineCompiler.Deploy.Tests.Delivery;

/// <summary><c>deploy/release.sh</c> with commands that only write down how they are called.</summary>
public sealed class ReleaseTests
{
    [Fact]
    public async Task The_tag_that_is_deployed_is_asked_for_where_the_environment_is()
    {
        var (status, _, calls) = await RunAsync("--current", "staging");

        Assert.Equal(0, status);
        Assert.Equal(["aws cloudformation describe-stacks --region eu-central-1 --stack-name onlinecompiler-staging-Services --query Stacks[0].Outputs[?OutputKey=='ImageTag'].OutputValue --output text"], calls);
    }

    [Fact]
    public async Task What_would_change_is_asked_for_and_nothing_is_changed()
    {
        var (status, _, calls) = await RunAsync("--diff", "staging", "abc123");

        Assert.Equal(0, status);
        Assert.Equal(["npm ci --ignore-scripts --no-audit --no-fund --loglevel=error", "npx cdk diff -c environment=staging -c imageTag=abc123"], calls);
    }

    [Theory]
    [InlineData]
    [InlineData("staging")]
    [InlineData("--diff", "staging")]
    [InlineData("staging", "abc123", "more")]
    public async Task What_it_does_not_understand_it_does_not_do(params string[] arguments)
    {
        var (status, output, calls) = await RunAsync(arguments);

        Assert.Equal(2, status);
        Assert.StartsWith("Usage: deploy/release.sh ENVIRONMENT TAG", output, StringComparison.Ordinal);
        Assert.Empty(calls);
    }

    private static async Task<(int Status, string Output, string[] Calls)> RunAsync(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("onlinecompiler-release-");
        try
        {
            var written = Path.Combine(folder.FullName, "calls");
            foreach (var command in (string[])["aws", "npm", "npx", "dotnet"])
            {
                var path = Path.Combine(folder.FullName, command);
                await File.WriteAllTextAsync(path, $"#!/usr/bin/env bash\necho \"{command} $*\" >> '{written}'\n", TestContext.Current.CancellationToken);
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }

            var start = new ProcessStartInfo("bash", [Path.Combine(Checkout.Root, "deploy", "release.sh"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["PATH"] = $"{folder.FullName}:{System.Environment.GetEnvironmentVariable("PATH")}";
            using var script = Process.Start(start)!;
            var output = await script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await script.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await script.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (script.ExitCode, output, File.Exists(written) ? await File.ReadAllLinesAsync(written, TestContext.Current.CancellationToken) : []);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
