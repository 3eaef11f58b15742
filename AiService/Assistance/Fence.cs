using OnlineCompiler.ServiceDefaults;

namespace OnlineCompiler.AiService.Assistance;

/// <summary>The first line of a fenced block: three or more backticks, a language, and for a corrected file its path.</summary>
internal sealed record Fence(int Backticks, string Language, string? Path)
{
    private const int MinBackticks = 3;
    private const int MaxIndentation = 3;

    private static readonly string[] PathLabels = ["path=", "file=", "filename=", "title=", "name="];

    /// <summary>Whether a line that is not yet whole may become the first line of a block.</summary>
    public static bool MayBegin(ReadOnlySpan<char> line)
    {
        if (!TrySkipIndentation(ref line))
            return false;

        var backticks = CountBackticks(line);
        return backticks == line.Length || backticks >= MinBackticks;
    }

    /// <summary>Reads the first line of a block; models write the path in several ways, and all that are unmistakable count.</summary>
    public static Fence? Open(string line, IReadOnlySet<string> knownPaths)
    {
        var rest = line.AsSpan();
        if (!TrySkipIndentation(ref rest) || CountBackticks(rest) is not (>= MinBackticks and var backticks))
            return null;

        var info = rest[backticks..].Trim().ToString();
        if (info.Contains('`'))
            return null;

        var (language, path) = Split(info, knownPaths);
        path = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        var isFile = knownPaths.Contains(path) || (path.AsSpan().ContainsAny('.', '/') && WorkspacePath.FindViolation(path) is null);
        // A block that names a file we will not write has no language to take it for another file by.
        return new Fence(backticks, isFile || path.Length == 0 ? language : "", isFile ? path : null);
    }

    public bool IsClosedBy(string line)
    {
        var rest = line.AsSpan();
        return TrySkipIndentation(ref rest) && CountBackticks(rest) >= Backticks && rest.Trim().TrimStart('`').IsEmpty;
    }

    /// <summary>Understands "python main.py", "python path=main.py", "python:main.py" and "main.py".</summary>
    private static (string Language, string Path) Split(string info, IReadOnlySet<string> knownPaths)
    {
        if (knownPaths.Contains(info))
            return ("", info);

        if (info.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space)
        {
            var path = info[(space + 1)..].Trim();
            var label = Array.Find(PathLabels, label => path.StartsWith(label, StringComparison.OrdinalIgnoreCase));
            return (info[..space], path[(label?.Length ?? 0)..].Trim('"', '\''));
        }

        return info.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? (info[..colon], info[(colon + 1)..]) : (info, "");
    }

    private static bool TrySkipIndentation(ref ReadOnlySpan<char> line)
    {
        var trimmed = line.TrimStart(' ');
        var indentation = line.Length - trimmed.Length;
        line = trimmed;
        return indentation <= MaxIndentation;
    }

    private static int CountBackticks(ReadOnlySpan<char> line) => line.IndexOfAnyExcept('`') is >= 0 and var count ? count : line.Length;
}
