using OnlineCompiler.ExecutionService.Languages;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Tests.Languages;

public sealed class PackReaderTests : IDisposable
{
    private const string Sound = """
        { "id": "toy", "name": "Toy", "aliases": ["t"], "extensions": [".toy"], "editorMode": "text", "entryPoint": "main.toy", "sample": "sample.toy",
          "version": { "command": ["toy", "-v"], "pattern": "(\\d+)" }, "install": {}, "run": { "command": ["toy", "{entryPoint}"] } }
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("packs-");

    [Fact]
    public void A_sound_pack_is_read() => Assert.Equal("Toy", Read(Sound).Name);

    [Theory]
    [InlineData("\"id\": \"toy\"", "\"id\": \"Toy\"", "id: \"Toy\" does not match")]
    [InlineData("\"id\": \"toy\"", "\"id\": \"lua\"", "id: must be the folder's name, toy")]
    [InlineData("\"name\": \"Toy\",", "", "name: is missing")]
    [InlineData("\"name\": \"Toy\"", "\"name\": \"\"", "name: must not be empty")]
    [InlineData("\"editorMode\": \"text\"", "\"editorMode\": \"text\", \"lineComent\": \"#\"", "lineComent: is unknown; did you mean lineComment?")]
    [InlineData("[\".toy\"]", "[\"toy\"]", "extensions[0]: \"toy\" does not match")]
    [InlineData("[\"t\"]", "[\"t\", \"t\"]", "aliases: holds \"t\" twice")]
    [InlineData("main.toy", "../main.toy", "entryPoint: ")]
    [InlineData("sample.toy", "other.toy", "sample: there is no file other.toy")]
    [InlineData("(\\\\d+)", "(\\\\d+", "version.pattern: ")]
    [InlineData("[\"toy\", \"{entryPoint}\"]", "[]", "run.command: must not be empty")]
    [InlineData("[\"toy\", \"{entryPoint}\"]", "7", "run.command: must be an array, not 7")]
    [InlineData("[\"toy\", \"{entryPoint}\"]", "[7]", "run.command[0]: must be a string, not 7")]
    [InlineData("\"{entryPoint}\"]", "\"{entryPoint}\"], \"limits\": { \"processes\": 9999 }", "run.limits.processes: must be at most 512, not 9999")]
    [InlineData("\"{entryPoint}\"]", "\"{entryPoint}\"], \"environment\": { \"A-B\": \"\" }", "run.environment.A-B: \"A-B\" does not match")]
    [InlineData("\"install\": {}", "\"install\": { \"apt\": [\"toy/Bookworm\"] }", "install.apt[0]: \"toy/Bookworm\" does not match")]
    [InlineData("\"install\": {}", "\"install\": { \"root\": \"trixie\" }", "install.apt: must name the packages of the root")]
    [InlineData("\"install\": {}", "\"install\": { \"root\": \"trixie\", \"apt\": [\"toy/sid\"] }", "install.apt: \"toy/sid\" names a release")]
    [InlineData("\"install\": {}", "\"install\": { \"root\": \"../trixie\", \"apt\": [\"toy\"] }", "install.root: must be one of trixie, forky, not \"../trixie\"")]
    [InlineData("\"install\": {}", "\"install\": { \"root\": \"bullseye\", \"apt\": [\"toy\"] }", "install.root: must be one of trixie, forky, not \"bullseye\"")]
    [InlineData("\"install\": {}", "\"install\": { \"root\": true, \"apt\": [\"toy\"] }", "install.root: must be ")]
    [InlineData("\"install\": {}", "\"install\": {}, \"alternatives\": [{ \"name\": \"../2\", \"version\": { \"command\": [\"toy\"], \"pattern\": \"x\" } }]", "alternatives[0].name: \"../2\" does not match")]
    [InlineData("\"install\": {}", "\"install\": {}, \"alternatives\": [{ \"name\": \"2\", \"version\": { \"command\": [\"toy\"], \"pattern\": \"x\" }, \"install\": { \"root\": \"trixie\" } }]", "alternatives[0].install.apt: must name")]
    [InlineData("\"install\": {}", "\"install\": {}, \"blockComment\": [\"/*\"]", "blockComment: must hold at least 2")]
    [InlineData("\"install\": {}", "\"install\": {}, \"diagnostics\": [{ \"pattern\": \"(?<file>1)\" }]", "diagnostics[0].pattern: must have a group named line")]
    [InlineData("\"install\": {}", "\"install\": {}, \"diagnostics\": [{ \"pattern\": \"(?=x)\" }]", "diagnostics[0].pattern: ")]
    [InlineData("\"install\": {}", "\"install\": {}, \"diagnostics\": [{ \"pattern\": \"x\", \"stage\": \"link\" }]", "diagnostics[0].stage: must be one of compile, run, not \"link\"")]
    [InlineData("\"install\": {}", "\"install\": {}, \"alternatives\": [{ \"name\": \"2\" }]", "alternatives[0].version: is missing")]
    [InlineData("{ \"id\"", "{ \"id\" \"id\"", "LineNumber: 0")]
    public void A_wrong_pack_is_refused_with_file_key_and_reason(string right, string wrong, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(Sound.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains("toy/pack.json", error.Message);
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void Every_version_with_a_root_has_one_of_its_own_and_others_have_none()
    {
        const string Version = "\"version\": { \"command\": [\"toy\"], \"pattern\": \"x\" }";
        var pack = Read(Sound.Replace("\"install\": {}", $$"""
            "install": { "root": "trixie", "apt": ["toy"] }, "alternatives": [
              { "name": "1", {{Version}}, "install": { "root": "trixie", "apt": ["toy1"] } },
              { "name": "2", {{Version}}, "install": { "apt": ["toy2"] } },
              { "name": "3", {{Version}} } ]
            """, StringComparison.Ordinal));

        Assert.Equal(["toy", "toy-1", null, "toy"], new Language(pack, "", "").Versions.Select(version => version.Root));
    }

    [Fact]
    public void Commands_are_filled_in_without_a_shell()
    {
        var values = new CommandValues
        {
            LanguageId = "toy",
            ToolchainFolder = "toy-2",
            EntryPoint = "src/main.toy",
            MemoryBytes = 256 << 20,
            Places = new SandboxPlaces("/opt/packs", "/opt/toolchains", "/tmp"),
            Sources = ["src/main.toy", "a b.toy"],
            Arguments = ["$(x)", ""],
        };

        var command = CommandTemplate.Expand(
            ["{toolchain}/toy", "-I{pack}", "-m{memoryMiB}", "-x{memoryMiB:60%}m", "{sources}", "{entryPointStem}.out", "{other}", "{arguments}"], values);

        Assert.Equal(
            ["/opt/toolchains/toy-2/toy", "-I/opt/packs/toy", "-m256", "-x153m", "src/main.toy", "a b.toy", "src/main.out", "{other}", "$(x)", ""],
            command);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private LanguagePack Read(string manifest)
    {
        var pack = _directory.CreateSubdirectory("toy").FullName;
        File.WriteAllText(Path.Combine(pack, "pack.json"), manifest);
        File.WriteAllText(Path.Combine(pack, "sample.toy"), "");
        return PackReader.Read(pack);
    }
}
