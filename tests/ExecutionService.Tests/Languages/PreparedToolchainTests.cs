using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Languages;

public sealed class PreparedToolchainTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("toolchains-");

    [Fact]
    public async Task A_language_is_installed_only_when_its_toolchain_has_been_prepared()
    {
        // Debian's packages are there for all three.
        MakePack("plain", prepares: false);
        MakePack("prepared", prepares: true);
        MakePack("unprepared", prepares: true);
        var prepared = _directory.CreateSubdirectory("toolchains/prepared");
        await File.WriteAllTextAsync(Path.Combine(prepared.FullName, ".prepared"), "", TestContext.Current.CancellationToken);
        // Programs in the sandbox are other users.
        for (var folder = prepared; folder!.FullName != Path.GetTempPath().TrimEnd('/'); folder = folder.Parent)
            File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        await using var service = new ServiceFixture(new Dictionary<string, string>
        {
            ["Execution:PacksDirectory"] = Path.Combine(_directory.FullName, "packs"),
            ["Sandbox:ToolchainsDirectory"] = Path.Combine(_directory.FullName, "toolchains"),
        });

        var list = await service.Client.ListLanguagesAsync(new ListLanguagesRequest(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["plain", "prepared"], list.Languages.Where(language => language.Installed).Select(language => language.Id));
        Assert.Equal("./run.sh --languages unprepared", list.Languages.Single(language => !language.Installed).InstallCommand);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private void MakePack(string id, bool prepares)
    {
        var folder = _directory.CreateSubdirectory(Path.Combine("packs", id)).FullName;
        File.WriteAllText(Path.Combine(folder, "sample.sh"), "echo hello");
        if (prepares)
            File.WriteAllText(Path.Combine(folder, "prepare.sh"), "exit 1");
        File.WriteAllText(Path.Combine(folder, "pack.json"), $$"""
            { "id": "{{id}}", "name": "Toy", "aliases": [], "extensions": [".sh"], "editorMode": "shell", "entryPoint": "main.sh", "sample": "sample.sh",
              "version": { "command": ["echo", "1.2"], "pattern": "(.*)" }, "install": {}, "run": { "command": ["sh", "{entryPoint}"] } }
            """);
    }
}
