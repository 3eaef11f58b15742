using System.Diagnostics;
using System.Text.Json.Nodes;

namespace OnlineCompiler.WholeApp.Tests.Application;

/// <summary>A client that npm serves, driven by a script of ours.</summary>
internal static class NpmClient
{
    /// <summary>Runs the script against the application, and reads the JSON that it prints.</summary>
    /// <param name="script">Below this project's folder, beside the client's package.json.</param>
    /// <param name="address">Of the application.</param>
    public static async Task<JsonNode> RunAsync(string script, Uri address)
    {
        var path = Path.Combine(Checkout.Root, "tests/WholeApp.Tests", script);
        var start = new ProcessStartInfo("node", [path, address.ToString()])
        {
            WorkingDirectory = Path.GetDirectoryName(path),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, output + await errors);
        return JsonNode.Parse(output)!;
    }
}
