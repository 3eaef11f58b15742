namespace OnlineCompiler.Gateway.Tests.Piston;

/// <summary>What the files of a job are called in its folder, and what is in them.</summary>
public sealed class FileTests
{
    [Theory]
    // Without a name: what the language's tools take.
    [InlineData("python", """[{"content":"x"}]""", "main.py")]
    [InlineData("python", """[{"content":"x","name":""},{"content":"x"}]""", "main.py file1.code")]
    [InlineData("c++", """[{"content":"x"},{"content":"x"},{"content":"eA==","encoding":"base64"}]""", "main.cpp file1.cpp file2.code")]
    // With one: as it is, if the tools take that.
    [InlineData("c++", """[{"content":"x","name":"a.cc"},{"content":"x","name":"b.h"},{"content":"x","name":"data.txt"}]""", "a.cc b.h data.txt")]
    [InlineData("c++", """[{"content":"x","name":"prog"}]""", "prog.cpp")]
    [InlineData("python", """[{"content":"x","name":"main"},{"content":"x","name":"main.py"}]""", "main main.py")]
    [InlineData("java", """[{"content":"x","name":"src/App.java"}]""", "src/App.java")]
    [InlineData("zsh", """[{"content":"x","name":"/a//./b/../c"}]""", "a/c.zsh")]
    // The first that is utf8 is the main file; and a later file replaces an earlier one.
    [InlineData("python", """[{"content":"eA==","encoding":"base64","name":"a.bin"},{"content":"x","name":"b.py"}]""", "b.py a.bin")]
    [InlineData("python", """[{"content":"x","name":"a.py"},{"content":"1","name":"d"},{"content":"2","name":"d"}]""", "a.py d")]
    public async Task Names_are_those_that_the_languages_tools_take(string language, string files, string expected)
    {
        await using var gateway = await Instance.StartAsync();

        await gateway.RunAsync(Instance.With($$"""{"language":"{{language}}","version":"*","files":{{files}}}"""));

        var request = gateway.Services.Execution.LastRequest!;
        Assert.Equal(expected.Split(' '), request.Files.Select(file => file.Path));
        Assert.Equal(request.Files[0].Path, request.EntryPoint);
    }

    [Theory]
    [InlineData("base64", "AP8=", new byte[] { 0, 255 })]
    [InlineData("base64", "-_8", new byte[] { 251, 255 })]
    [InlineData("base64", "Y Q!\\n=YQ==", new byte[] { 97 })]
    [InlineData("base64", "YWJ", new byte[] { 97, 98 })]
    [InlineData("base64", "YR", new byte[] { 97 })]
    [InlineData("base64", "YWJjZ", new byte[] { 97, 98, 99 })]
    [InlineData("base64", "", new byte[0])]
    [InlineData("hex", "00fF", new byte[] { 0, 255 })]
    [InlineData("hex", "61zz62", new byte[] { 97 })]
    [InlineData("hex", "616", new byte[] { 97 })]
    [InlineData("utf8", "é", new byte[] { 0xC3, 0xA9 })]
    [InlineData("latin1", "é", new byte[] { 0xC3, 0xA9 })]
    public async Task Contents_are_decoded_and_wrong_characters_are_no_error(string encoding, string content, byte[] expected)
    {
        await using var gateway = await Instance.StartAsync();

        await gateway.RunAsync(Instance.With(
            $$"""{"files":[{"content":"x","name":"main.py"},{"content":"{{content}}","encoding":"{{encoding}}","name":"data"}]}"""));

        Assert.Equal(expected, gateway.Services.Execution.LastRequest!.Files[1].Content.ToByteArray());
    }
}
