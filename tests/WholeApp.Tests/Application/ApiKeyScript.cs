using System.Diagnostics;

namespace OnlineCompiler.WholeApp.Tests.Application;

/// <summary>The operator's script, for one application of several that may run from this checkout.</summary>
internal static class ApiKeyScript
{
    /// <summary>A new key.</summary>
    public static async Task<string> CreateAsync(OnlineCompilerApp app, params string[] options) =>
        (await RunAsync(app, ["create", "--name", "a test", .. options])).TrimEnd();

    /// <summary>What it prints.</summary>
    public static async Task<string> RunAsync(OnlineCompilerApp app, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Checkout.Root, "scripts/api-key.sh"), arguments)
        {
            Environment = { ["ConnectionStrings__redis"] = await app.FindStoreAsync(), ["configuration"] = Configuration },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var script = Process.Start(start)!;
        var errors = script.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(script.ExitCode == 0, output + await errors);
        return output;
    }

    // That of the tests: bin/Release/net10.0.
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
}
