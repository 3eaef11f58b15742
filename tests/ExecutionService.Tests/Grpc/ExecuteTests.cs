using global::Grpc.Core;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Grpc;

public sealed class ExecuteTests(ServiceFixture service) : ExecuteBehaviour(service)
{
    [Fact]
    public async Task Every_language_is_listed_with_version_and_sample()
    {
        var list = await Service.Client.ListLanguagesAsync(new ListLanguagesRequest(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Superset(new HashSet<string> { "bash", "c", "cpp", "csharp", "java", "javascript", "python", "typescript" }, list.Languages.Select(language => language.Id).ToHashSet());
        Assert.All(list.Languages, language =>
        {
            Assert.NotEmpty(language.Sample);
            Assert.Equal(language.Installed, language.Version.Length > 0);
            Assert.Equal(language.Installed, language.InstallCommand.Length == 0);
        });
    }

    [Fact]
    public async Task A_known_language_without_a_toolchain_is_refused_with_the_command_that_installs_it()
    {
        await using var bare = new ServiceFixture(new Dictionary<string, string> { ["Sandbox:ToolchainsDirectory"] = "/nonexistent" });

        var error = await Assert.ThrowsAsync<RpcException>(async () => await bare.Client.ExecuteAsync(
            Requests.Program("typescript", "console.log(1)", path: "main.ts"), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Contains("./run.sh --languages typescript", error.Status.Detail);
    }
}
