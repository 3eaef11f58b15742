using OnlineCompiler.ExecutionService.Languages;

namespace OnlineCompiler.ExecutionService.Tests.Languages;

public sealed class PackReaderTests : IDisposable
{
    private const string Sound = """
        { "id": "toy", "name": "Toy", "extensions": [".toy"], "editorMode": "text", "entryPoint": "main.toy", "sample": "sample.toy",
          "version": { "command": ["toy", "-v"], "pattern": "(\\d+)" }, "run": { "command": ["toy", "{entryPoint}"] } }
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("packs-");

    [Fact]
    public void A_sound_pack_is_read() => Assert.Equal("Toy", Read(Sound).Name);

    [Theory]
    [InlineData("\"id\": \"toy\"", "\"id\": \"Toy\"", "id: must be the folder's name")]
    [InlineData("\"name\": \"Toy\",", "", "name")]
    [InlineData("\"editorMode\"", "\"editorMod\"", "editorMod")]
    [InlineData("[\".toy\"]", "[\"toy\"]", "extensions: must name at least one, with its dot")]
    [InlineData("main.toy", "../main.toy", "entryPoint: ")]
    [InlineData("sample.toy", "other.toy", "sample: there is no file other.toy")]
    [InlineData("(\\\\d+)", "(\\\\d+", "version.pattern: ")]
    [InlineData("[\"toy\", \"{entryPoint}\"]", "[]", "run.command: must not be empty")]
    [InlineData("[\"toy\", \"{entryPoint}\"]", "7", "$.run.command")]
    public void A_wrong_pack_is_refused_with_file_key_and_reason(string right, string wrong, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(Sound.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Contains("toy/pack.json", error.Message);
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void Commands_are_filled_in_without_a_shell()
    {
        var values = new CommandValues
        {
            LanguageId = "toy",
            EntryPoint = "src/main.toy",
            MemoryBytes = 256 << 20,
            Sources = ["src/main.toy", "a b.toy"],
            Arguments = ["$(x)", ""],
        };

        var command = CommandTemplate.Expand(
            ["{toolchain}/toy", "-I{pack}", "-m{memoryMiB}", "-x{memoryMiB:60%}m", "{sources}", "{entryPointStem}.out", "{other}", "{arguments}"], values);

        Assert.Equal(
            ["/opt/toolchains/toy/toy", "-I/opt/packs/toy", "-m256", "-x153m", "src/main.toy", "a b.toy", "src/main.out", "{other}", "$(x)", ""],
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
