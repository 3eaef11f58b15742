using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using OnlineCompiler.WholeApp.Tests.Application;
using OnlineCompiler.WholeApp.Tests.Executions;
using OnlineCompiler.WholeApp.Tests.Interactive;
using OnlineCompiler.WholeApp.Tests.Machine;

namespace OnlineCompiler.WholeApp.Tests.Lifetime;

public sealed class RunScriptTests
{
    [Theory]
    [InlineData(Signals.Terminate)]
    [InlineData(Signals.Interrupt)]
    public async Task A_stopped_run_leaves_nothing_behind(int signal)
    {
        using var data = new TemporaryFolder();
        using var temporary = new TemporaryFolder();
        var mounts = Footprint.Mounts();
        var port = FreePort.Next();
        using var script = new RunScript(temporary.Path, "--port", Text(port), "--data", data.Path);
        // What a build leaves in the temporary folder is not the application's.
        await script.WaitUntilItSaysAsync("==> Starting", TimeSpan.FromMinutes(5));
        var otherFiles = Directory.EnumerateFileSystemEntries(temporary.Path).ToHashSet();
        await script.WaitUntilItSaysAsync($"OnlineCompiler is ready: http://localhost:{port}", TimeSpan.FromMinutes(3));
        using var conversation = await StartSleeperAsync(new Uri($"http://localhost:{port}"));
        // What it has said comes before what it becomes.
        await Eventually.TrueAsync("the program runs", TimeSpan.FromSeconds(10), () => LinuxProcess.DescendantsOf(script.ProcessId).Any(IsSleeper));
        var footprint = Footprint.Of(LinuxProcess.DescendantsOf(script.ProcessId), mounts,
            () => Directory.EnumerateFileSystemEntries(temporary.Path).Except(otherFiles));
        Assert.Contains(footprint.Processes, process => IsSleeper(process));
        footprint.ExpectSomeControlGroups();
        // Nothing that a service writes below the checkout wakes it up.
        Assert.InRange(footprint.Processes.Single(process => process.CommandLine.Contains("OnlineCompiler.AppHost", StringComparison.Ordinal)).CountWatches(), 0, 100);

        Signals.Send(script.ProcessId, signal);

        Assert.True(await script.WaitForExitAsync(TimeSpan.FromSeconds(40)) == 0, script.Said);
        await footprint.ExpectGoneAsync(TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(Signals.Terminate)]
    [InlineData(Signals.Interrupt)]
    [SupportedOSPlatform("linux")]
    public async Task A_run_that_is_stopped_while_it_builds_ends_at_once_and_starts_nothing(int signal)
    {
        using var folder = new TemporaryFolder();
        using var programs = new TemporaryFolder();
        var dotnet = Path.Combine(programs.Path, "dotnet");
        await File.WriteAllTextAsync(dotnet, "#!/bin/sh\n[ \"$1\" = build ] || exec /usr/bin/env PATH=\"${PATH#*:}\" dotnet \"$@\"\nexec sleep 300\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var script = RunScript.InBareCheckout(folder.Path, programs.Path, "--port", Text(FreePort.Next()), "--languages", "bash");
        await script.WaitUntilItSaysAsync("==> Building", TimeSpan.FromMinutes(2));
        await Eventually.TrueAsync("it builds", TimeSpan.FromSeconds(10), () => LinuxProcess.DescendantsOf(script.ProcessId).Any(IsSleeper));
        var processes = LinuxProcess.DescendantsOf(script.ProcessId);

        Signals.Send(script.ProcessId, signal);

        Assert.Equal(130, await script.WaitForExitAsync(TimeSpan.FromSeconds(20)));
        Assert.DoesNotContain("Starting", script.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(processes, process => process.IsAlive);
    }

    [Fact]
    public async Task A_port_in_use_is_told_before_anything_is_started()
    {
        using var temporary = new TemporaryFolder();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = Text(((IPEndPoint)listener.LocalEndpoint).Port);

        using var script = new RunScript(temporary.Path, "--port", port);

        Assert.Equal(1, await script.WaitForExitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal($"run.sh: port {port} is in use; stop what listens there, or choose another with --port", script.Said.Trim());
    }

    [Theory]
    [InlineData("--port needs a value", "--port")]
    [InlineData("--port takes a number", "--port", "eighty")]
    [InlineData("--port takes a number", "--port", "65536")]
    [InlineData("--languages takes core, all or ids", "--languages", "C++")]
    [InlineData("unknown argument \"--prot\"", "--prot", "80")]
    public async Task Wrong_arguments_are_told_with_the_usage(string message, params string[] arguments)
    {
        using var temporary = new TemporaryFolder();
        using var script = new RunScript(temporary.Path, arguments);

        Assert.Equal(2, await script.WaitForExitAsync(TimeSpan.FromSeconds(10)));
        Assert.StartsWith($"run.sh: {message}", script.Said, StringComparison.Ordinal);
        Assert.Contains("Usage: ./run.sh", script.Said, StringComparison.Ordinal);
    }

    private static async Task<Conversation> StartSleeperAsync(Uri gateway)
    {
        var conversation = await Conversation.StartAsync(gateway, ExecutionRequests.Bash("echo begun; exec sleep 300"), withTerminal: true);
        await conversation.ExpectOutputAsync("begun");
        return conversation;
    }

    private static bool IsSleeper(LinuxProcess process) => process.CommandLine.Contains("sleep 300", StringComparison.Ordinal);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
