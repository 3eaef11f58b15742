using OnlineCompiler.AiService.Assistance;

namespace OnlineCompiler.AiService.Tests;

/// <summary>Each answer is read whole, and torn into every length of pieces: what comes out must be the same.</summary>
public sealed class FixAnswerTests
{
    private static readonly SubmittedProgram OneFile = new("python", [new CodeFile("main.py", "old")], "main.py", "", []);

    [Theory]
    [InlineData("```python main.py\nnew\n```")]
    [InlineData("```python path=main.py\nnew\n```\n")]
    [InlineData("```python title=\"main.py\"\nnew\n```\n")]
    [InlineData("```python:main.py\nnew\n```\n")]
    [InlineData("```main.py\nnew\n```\n")]
    [InlineData("```python ./main.py\nnew\n```\n")]
    [InlineData("  ```python main.py\nnew\n  ```\n")]
    [InlineData("````python main.py\nnew\n````\n")]
    [InlineData("```python main.py\nnew\n")]
    [InlineData("```python\nnew\n```\n")]
    [InlineData("```py\nnew\n```\n")]
    [InlineData("```python main.py\nfirst try\n```\n```python main.py\nnew\n```")]
    public void A_file_is_found_in_every_usual_way_to_write_it(string answer) =>
        Assert.Equal([new CodeFile("main.py", "new\n")], Read(answer).Files);

    [Theory]
    [InlineData("```python ../main.py\nnew\n```\n")]
    [InlineData("```python /etc/passwd\nnew\n```\n")]
    [InlineData("```bash\npip install input\n```\n")]
    [InlineData("```\nTraceback\n```\n")]
    [InlineData("`python main.py`\n")]
    [InlineData("```python main.py``` runs it\n")]
    public void What_is_no_corrected_file_stays_text(string answer)
    {
        var (text, files) = Read(answer);

        Assert.Empty(files);
        Assert.Equal(answer, text);
    }

    [Fact]
    public void A_file_may_hold_shorter_fences_and_keeps_its_line_ends()
    {
        var (text, files) = Read("Look:\r\n````python main.py\r\n\"\"\"\n```\nexample\n```\n\"\"\"\r\n````\r\nEnd");

        Assert.Equal([new CodeFile("main.py", "\"\"\"\n```\nexample\n```\n\"\"\"\r\n")], files);
        Assert.Equal("Look:\r\nEnd", text);
    }

    [Fact]
    public void A_block_that_quotes_an_opening_fence_is_text_to_its_end()
    {
        const string Answer = "````markdown\n```python main.py\nnot this\n```\n````\n```python main.py\nnew\n```\n";

        var (text, files) = Read(Answer);

        Assert.Equal([new CodeFile("main.py", "new\n")], files);
        Assert.Equal("````markdown\n```python main.py\nnot this\n```\n````\n", text);
    }

    [Fact]
    public void Text_is_handed_on_at_once_unless_it_may_begin_a_file()
    {
        var answer = new FixAnswer(OneFile);

        Assert.Equal("Use ", answer.Read("Use "));
        Assert.Equal("`input`", answer.Read("`input`"));
        Assert.Equal(".\n", answer.Read(".\n``"));
        Assert.Equal("``x", answer.Read("x"));
        Assert.Equal("\n", answer.Read("\n```py"));
        Assert.Equal("", answer.Read("thon main.py\nnew"));
    }

    private static (string Text, IReadOnlyList<CodeFile> Files) Read(string whole)
    {
        var expected = Read(whole, whole.Length);
        for (var pieceLength = 1; pieceLength < whole.Length; pieceLength++)
        {
            var (text, files) = Read(whole, pieceLength);
            Assert.Equal(expected.Text, text);
            Assert.Equal(expected.Files, files);
        }

        return expected;
    }

    private static (string Text, IReadOnlyList<CodeFile> Files) Read(string whole, int pieceLength)
    {
        var answer = new FixAnswer(OneFile);
        var text = string.Concat(whole.Chunk(pieceLength).Select(piece => answer.Read(new string(piece)))) + answer.Finish(cut: false);
        return (text, answer.Files);
    }
}
