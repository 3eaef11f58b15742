using System.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace OnlineCompiler.Web.Tests;

public sealed class BudgetTests
{
    [Fact]
    public async Task What_a_visitor_downloads_stays_within_the_budget()
    {
        using var host = new WebHost();
        var root = host.Services.GetRequiredService<IWebHostEnvironment>().ContentRootPath;
        using var node = Process.Start(new ProcessStartInfo("node", ["scripts/budget.mjs"])
        {
            WorkingDirectory = Path.Combine(root, "ClientApp"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        var output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(node.ExitCode == 0, await output + await error);
        TestContext.Current.TestOutputHelper?.WriteLine(await output);
    }
}
