using System.Diagnostics;

namespace OnlineCompiler.Deploy.Tests.Checks;

/// <summary>Node.js, for what is written in JavaScript: validators, and the scripts that a template holds.</summary>
internal static class NodeProcess
{
    public static async Task<(int Status, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.Combine(Checkout.Root, "deploy") },
        };
        process.Start();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
