using Microsoft.Extensions.Configuration;
using OnlineCompiler.ExecutionService.Sandbox.Tasks;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Tasks;

public sealed class TaskOptionsTests
{
    [Fact]
    public void Wrong_settings_are_named_with_their_ranges_and_the_token_is_not_told()
    {
        var problems = Problems(new TaskOptions { Token = "tooshort", WorkerPatience = TimeSpan.Zero, LocalWorkers = 65 });

        Assert.Equal(
            [
                "Sandbox:Tasks:Token must be 16 to 512 characters, not 8.",
                "Sandbox:Tasks:WorkerPatience must be from 00:00:00.1000000 to 00:10:00, not 00:00:00.",
                "Sandbox:Tasks:LocalWorkers must be from 0 to 64, not 65.",
                "GRPC_PORT must name the port that local workers dial (Sandbox:Tasks:LocalWorkers is 65).",
            ],
            problems);
    }

    [Fact]
    public void A_service_that_no_worker_could_dial_is_told_at_its_start() =>
        Assert.Contains("else no worker may dial in", Assert.Single(Problems(new TaskOptions())));

    [Fact]
    public void A_token_alone_is_enough() => Assert.Empty(Problems(new TaskOptions { Token = "sixteen letters!" }));

    private static IEnumerable<string> Problems(TaskOptions options) =>
        new TaskOptionsValidator(new ConfigurationBuilder().Build()).Validate(null, options).Failures ?? [];
}
