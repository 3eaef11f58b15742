using global::Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Grpc;
using OnlineCompiler.ExecutionService.Languages;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Tests.Sandbox;
using OnlineCompiler.ExecutionService.Tests.Sandbox.Processes;
using OnlineCompiler.ExecutionService.Tests.Sandbox.Tasks;

namespace OnlineCompiler.ExecutionService.Tests.Languages;

/// <summary>A version with a root of its own, where it is not installed, and where the sandbox cannot show it.</summary>
public sealed class RootedVersionTests(ProcessFixture process) : IDisposable
{
    private const string NeedsNamespaces = "it has a root of its own, which the sandbox here cannot show to programs: that takes namespaces";

    private readonly DirectoryInfo _nothing = Directory.CreateTempSubdirectory("toolchains-");

    [Fact]
    public async Task Where_it_is_not_installed_the_list_and_the_refusal_say_how_to_install_it()
    {
        // Python itself is there, for everybody to read.
        File.SetUnixFileMode(_nothing.FullName, _nothing.UnixFileMode | UnixFileMode.OtherRead | UnixFileMode.OtherExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
        await File.WriteAllTextAsync(Path.Combine(_nothing.CreateSubdirectory("python").FullName, ".prepared"), "", TestContext.Current.CancellationToken);
        await using var service = new ServiceFixture(new Dictionary<string, string> { ["Sandbox:ToolchainsDirectory"] = _nothing.FullName });

        var missing = Assert.Single((await PythonAsync(service)).UninstalledVersions);
        Assert.Equal(("3.13", "./run.sh --languages python", ""), (missing.Name, missing.InstallCommand, missing.Problem));
        Assert.EndsWith("; an operator installs 3.13 with: ./run.sh --languages python", await RefusalAsync(service), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_namespaces_the_list_and_the_refusal_say_why_it_cannot_be_had()
    {
        await AssertUnavailableAsync(process.Service);
        var error = await Assert.ThrowsAsync<SandboxUnavailableException>(() =>
            process.Sandbox.StartAsync(TestZone.Order with { Root = "python-3.13" }, TestContext.Current.CancellationToken));
        Assert.Contains("without namespaces", error.Message);
    }

    [Fact]
    public async Task Workers_without_namespaces_cannot_show_it_either()
    {
        await using var tasks = new TaskService();

        await AssertUnavailableAsync(tasks.Service);
    }

    [Fact]
    public async Task Workers_with_namespaces_show_it()
    {
        await using var tasks = new NamespaceTaskService();

        var answer = await tasks.Service.Client.ExecuteAsync(Program(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("3.13 False\n", answer.Run.Stdout.ToStringUtf8());
    }

    public void Dispose() => _nothing.Delete(recursive: true);

    private static async Task AssertUnavailableAsync(ServiceFixture service)
    {
        var missing = Assert.Single((await PythonAsync(service)).UninstalledVersions);

        Assert.Equal(("3.13", "", NeedsNamespaces), (missing.Name, missing.InstallCommand, missing.Problem));
        Assert.EndsWith($"; 3.13 cannot be had: {NeedsNamespaces}", await RefusalAsync(service), StringComparison.Ordinal);
    }

    private static async Task<Execution.V1.Language> PythonAsync(ServiceFixture service)
    {
        // What the list of languages says of it, without asking all the others.
        var catalog = service.Service<LanguageCatalog>();
        var language = catalog.Find("python")!;
        var python = LanguageMapper.Map(language, await catalog.GetToolchainsAsync(language, TestContext.Current.CancellationToken));
        Assert.True(python.Installed);
        return python;
    }

    private static async Task<string> RefusalAsync(ServiceFixture service)
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await service.Client.ExecuteAsync(Program(), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        var violation = Assert.Single(error.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations);
        Assert.Equal("version", violation.Field);
        return violation.Description;
    }

    private static ExecuteRequest Program()
    {
        var request = Requests.Python("import os, sys\nprint('%d.%d' % sys.version_info[:2], os.path.exists('/usr/bin/gcc'))");
        request.Version = "3.13";
        return request;
    }
}
