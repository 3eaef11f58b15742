using System.Diagnostics;

namespace OnlineCompiler.Gateway.Tests.Security.Keys;

/// <summary>The operator's command, as a process of its own: <c>api-key …</c>.</summary>
internal static class KeyCommand
{
    /// <param name="redis">The store's address; null for none.</param>
    /// <param name="arguments">What follows <c>api-key</c>.</param>
    public static async Task<(int Status, string Output, string Error)> RunAsync(string? redis, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Gateway.dll"), "api-key", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__redis"] = redis ?? "";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }

    /// <summary>A new key.</summary>
    public static async Task<string> CreateAsync(string? redis, params string[] options)
    {
        var (status, output, error) = await RunAsync(redis, ["create", "--name", "a test", .. options]);
        Assert.Equal((0, ""), (status, error));
        return output.TrimEnd();
    }

    /// <summary>One that is right in itself, and known nowhere.</summary>
    public static async Task<string> MakeUpAsync() => (await CreateAsync(null, "--as-settings")).Split('\n')[0];

    public static string IdOf(string key) => key.Substring("oc_".Length, 12);
}
