using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OnlineCompiler.AppHost.Tests.Standalone;

public sealed class LifetimeTests
{
    [Fact]
    public async Task What_ends_by_itself_is_started_again_where_it_was()
    {
        await using var application = await SampleApplication.StartAsync(builder => SampleApplication.AddSample(builder, "sample"));
        var first = await application.WaitUntilHealthyAsync("sample");
        var address = (await application.GetEnvironmentAsync("sample"))["ASPNETCORE_URLS"];

        await application.PostAsync("sample", "/exit");
        await application.WaitUntilAsync("sample", snapshot => snapshot.ExitCode == 7);

        var second = await application.WaitUntilHealthyAsync("sample");
        Assert.NotEqual(Processes.IdOf(first), Processes.IdOf(second));
        Assert.Equal(address, (await application.GetEnvironmentAsync("sample"))["ASPNETCORE_URLS"]);
    }

    [Fact]
    public async Task What_keeps_ending_is_started_after_longer_and_longer_pauses()
    {
        await using var application = await SampleApplication.StartAsync(builder =>
            SampleApplication.AddSample(builder, "sample").WithEnvironment("SAMPLE_EXIT_CODE", "3"));

        foreach (var pause in (string[])["0.2 s", "0.4 s", "0.8 s"])
        {
            var ended = await application.WaitUntilAsync(
                "sample", snapshot => snapshot.State?.Text == KnownResourceStates.Exited && snapshot.Detail!.Contains(pause, StringComparison.Ordinal));
            Assert.Equal(3, ended.Snapshot.ExitCode);
        }
    }

    [Fact]
    public async Task A_service_waits_until_what_it_needs_is_healthy()
    {
        await using var application = await SampleApplication.StartAsync(builder =>
        {
            var needed = SampleApplication.AddSample(builder, "needed").WithEnvironment("SAMPLE_UNHEALTHY", "yes");
            SampleApplication.AddSample(builder, "waiting").WaitFor(needed);
        });

        var unwell = await application.WaitUntilAsync(
            "needed", snapshot => snapshot.HealthStatus == HealthStatus.Unhealthy && snapshot.Detail!.Contains("no disk", StringComparison.Ordinal));
        Assert.Equal("/health/ready answered 503: no disk", unwell.Snapshot.Detail);
        Assert.True(application.Notifications.TryGetCurrentState("waiting", out var held));
        Assert.Equal(KnownResourceStates.Waiting, held!.Snapshot.State!.Text);

        await application.PostAsync("needed", "/health/good");

        await application.WaitUntilHealthyAsync("waiting");
    }

    [Fact]
    public async Task Stopping_takes_a_stubborn_service_and_its_children_along()
    {
        var application = await SampleApplication.StartAsync(builder =>
            SampleApplication.AddSample(builder, "sample").WithEnvironment("SAMPLE_STUBBORN", "yes").WithEnvironment("SAMPLE_CHILD", "yes"));
        await application.WaitUntilHealthyAsync("sample");
        var processes = Processes.DescendantsOf(Environment.ProcessId, having: application.App.GetEndpoint("sample").Authority);
        Assert.Equal(2, processes.Count);

        await application.DisposeAsync();

        Assert.DoesNotContain(processes, Processes.IsAlive);
    }

    [Fact]
    public async Task A_resource_can_be_stopped_and_started_alone()
    {
        await using var application = await SampleApplication.StartAsync(builder => SampleApplication.AddSample(builder, "sample"));
        await application.WaitUntilHealthyAsync("sample");

        await application.App.ResourceCommands.ExecuteCommandAsync("sample", KnownResourceCommands.StopCommand, TestContext.Current.CancellationToken);
        await application.WaitUntilAsync("sample", snapshot => snapshot.State?.Text == KnownResourceStates.Finished);
        await application.App.ResourceCommands.ExecuteCommandAsync("sample", KnownResourceCommands.StartCommand, TestContext.Current.CancellationToken);

        await application.WaitUntilHealthyAsync("sample");
    }

    [Fact]
    public async Task What_cannot_be_started_says_why()
    {
        await using var application = await SampleApplication.StartAsync(builder => builder.AddProject<NotBuilt>("sample"));

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => application.WaitUntilHealthyAsync("sample"));

        Assert.Contains("\"sample\" is not built: there is no /nowhere/NotBuilt.dll", error.Message, StringComparison.Ordinal);
    }

    private sealed class NotBuilt : IBuiltProjectMetadata
    {
        public string ProjectPath => "/nowhere/NotBuilt.csproj";

        public string AssemblyPath => "/nowhere/NotBuilt.dll";
    }
}
