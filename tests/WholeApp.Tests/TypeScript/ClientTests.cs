using System.Diagnostics;
using OnlineCompiler.WholeApp.Tests.Application;

namespace OnlineCompiler.WholeApp.Tests.TypeScript;

/// <summary>The client for browsers and Node, by its own tests.</summary>
public sealed class ClientTests(SharedApp shared)
{
    [Fact]
    public async Task The_client_passes_its_tests_against_the_application()
    {
        var start = new ProcessStartInfo("npm", ["test"])
        {
            WorkingDirectory = Path.Combine(Checkout.Root, "clients/typescript"),
            Environment = { ["OC_SERVER"] = shared.App.Address.ToString(), ["OC_API_KEY"] = await ApiKeyScript.CreateAsync(shared.App) },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var npm = Process.Start(start)!;
        var errors = npm.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await npm.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await npm.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(npm.ExitCode == 0, output + await errors);
        Assert.Contains("# pass 12\n", output, StringComparison.Ordinal);
    }
}
