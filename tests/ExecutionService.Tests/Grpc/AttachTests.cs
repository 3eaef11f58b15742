using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Grpc;

public sealed class AttachTests(ServiceFixture service) : AttachBehaviour(service)
{
    [Fact]
    public async Task Nobody_typing_for_the_idle_limit_closes_the_program()
    {
        await using var impatient = new ServiceFixture(new Dictionary<string, string> { ["Limits:InteractiveIdle"] = "00:00:01" });
        await using var talk = await Conversation.StartAsync(impatient, Requests.Bash("read x"), isTerminal: true);

        var result = await talk.ResultAsync();

        Assert.Equal(Outcome.Cancelled, result.Outcome);
        Assert.Contains("nothing was typed for 1 s", result.Run.Message);
    }
}
