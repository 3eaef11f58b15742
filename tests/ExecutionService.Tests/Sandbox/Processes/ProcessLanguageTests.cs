using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Processes;

/// <summary>Every installed language's sample, where there is no /tmp and the workspace has another path in every stage.</summary>
public sealed class ProcessLanguageTests(ProcessFixture process)
{
    public static TheoryData<string> Languages { get; } = [.. PackFolders.All];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_sample_runs_without_namespaces(string id)
    {
        var list = await process.Service.Client.ListLanguagesAsync(new ListLanguagesRequest(), cancellationToken: TestContext.Current.CancellationToken);
        var language = list.Languages.Single(known => known.Id == id);
        Assert.SkipUnless(language.Installed, $"{id} is not installed");

        var answer = await process.RunAsync(Requests.Program(id, language.Sample, language.SampleStdin, path: language.EntryPoint));

        Assert.True(answer.Outcome == Outcome.Succeeded, answer.ToString());
        Assert.NotEmpty(answer.Run.Stdout);
        Assert.Equal(Isolation.Process, answer.Isolation);
    }
}
