namespace OnlineCompiler.Deploy.Tests.Images;

/// <summary>An instruction, with the lines that it goes on in.</summary>
internal sealed record DockerfileLine(string Keyword, string Text);

/// <summary>A Dockerfile, as far as it must be understood to be looked after.</summary>
internal sealed record Dockerfile(IReadOnlyList<DockerfileLine> Lines)
{
    /// <summary>The stage that becomes the image.</summary>
    public IEnumerable<DockerfileLine> Last => Lines.Skip(Lines.ToList().FindLastIndex(line => line.Keyword == "FROM"));

    public static Dockerfile Parse(string text)
    {
        var lines = new List<DockerfileLine>();
        var joined = string.Join('\n', text.Split('\n').Where(line => !line.TrimStart().StartsWith('#'))).Replace("\\\n", " ", StringComparison.Ordinal);
        foreach (var line in joined.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            var words = line.Split(' ', 2, StringSplitOptions.TrimEntries);
            lines.Add(new DockerfileLine(words[0], words[1]));
        }

        return new Dockerfile(lines);
    }

    public IEnumerable<string> Of(string keyword) => Lines.Where(line => line.Keyword == keyword).Select(line => line.Text);
}
