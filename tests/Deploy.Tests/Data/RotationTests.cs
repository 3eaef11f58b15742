using OnlineCompiler.Deploy.Tests.Checks;

namespace OnlineCompiler.Deploy.Tests.Data;

/// <summary>The script that a template holds as text, run with a made-up AWS.</summary>
public sealed class RotationTests
{
    [Fact]
    public async Task A_new_token_is_made_taken_proved_and_told_to_services_that_start_anew_and_once_however_often_it_is_asked_for()
    {
        var script = Path.Combine(Checkout.Root, "deploy", "OnlineCompiler.Deploy", "Data", "rotate.js");
        var harness = Path.Combine(Checkout.Root, "tests", "Deploy.Tests", "Data", "rotation.cjs");

        var (status, output, errors) = await NodeProcess.RunAsync(harness, script);

        Assert.Equal((0, ""), (status, errors));
        var answer = JsonNode.Parse(output)!;
        Assert.Equal(
            ["putSecretValue", "ROTATE onlinecompiler-test", "updateSecretVersionStage", "deploy gateway true", "deploy session true", "deploy gateway true", "deploy session true"],
            answer["asked"]!.AsArray().Select(asked => (string)asked!));
        Assert.Equal("redis.internal:6380,ssl=true,password=second", (string?)answer["current"]);
        Assert.Equal("AWSCURRENT", (string?)answer["stages"]!["new"]![0]);
        Assert.Equal("There is no step deleteSecret.", (string?)answer["refused"]);
    }
}
