using System.Text;

namespace OnlineCompiler.AiService.Assistance;

/// <summary>
/// Reads a model's answer piece by piece, wherever it is torn: hands on its text at once, and gathers the blocks that
/// hold corrected files (see <see cref="Fence"/>). Only the beginning of a line that may open a block is held back.
/// </summary>
internal sealed class FixAnswer(SubmittedProgram program)
{
    private readonly HashSet<string> _knownPaths = [.. program.Files.Select(file => file.Path)];
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly StringBuilder _line = new();
    private readonly StringBuilder _block = new();
    private Fence? _fence;
    private int _shownOfLine;
    private CodeFile? _unnamedFile;

    /// <summary>Whole corrected files, after <see cref="Finish"/>.</summary>
    public IReadOnlyList<CodeFile> Files => [.. _files.Select(file => new CodeFile(file.Key, file.Value))];

    /// <summary>The answer ended inside a file; what is there of it is of no use.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Takes the next piece of the answer, and returns what of it is explanation.</summary>
    public string Read(string piece)
    {
        var shown = new StringBuilder();
        foreach (var part in piece.AsSpan().Split('\n'))
        {
            var isWhole = part.End.Value < piece.Length;
            _line.Append(piece.AsSpan(part)).Append(isWhole ? "\n" : "");
            if (isWhole)
                EndLine(shown);
            else if (IsText(_line.ToString()))
                Show(shown);
        }

        return shown.ToString();
    }

    /// <summary>Takes the end of the answer, and returns what was still held back.</summary>
    /// <param name="cut">The answer is known to be incomplete, so a file without an end is too.</param>
    public string Finish(bool cut)
    {
        var shown = new StringBuilder();
        if (_line.Length > 0)
            EndLine(shown);

        if (_fence?.Path is not null)
        {
            IsCut = cut || _block.Length == 0;
            // Some models forget the last fence.
            if (!IsCut)
                CloseBlock(_fence);
        }

        // A program of one file leaves no doubt which file a whole block in its language replaces.
        if (_files.Count == 0 && _unnamedFile is not null && !IsCut)
            _files[_unnamedFile.Path] = _unnamedFile.Content;
        return shown.ToString();
    }

    private bool IsText(string line) => _fence is null ? !Fence.MayBegin(line) : _fence.Path is null;

    private void EndLine(StringBuilder shown)
    {
        var line = _line.ToString();
        if (_fence is null)
        {
            _fence = _shownOfLine == 0 ? Fence.Open(line, _knownPaths) : null;
            if (_fence?.Path is null)
                Show(shown);
        }
        else
        {
            if (_fence.Path is null)
                Show(shown);
            if (_fence.IsClosedBy(line))
                CloseBlock(_fence);
            else
                _block.Append(line);
        }

        _line.Clear();
        _shownOfLine = 0;
    }

    private void Show(StringBuilder shown)
    {
        shown.Append(_line, _shownOfLine, _line.Length - _shownOfLine);
        _shownOfLine = _line.Length;
    }

    private void CloseBlock(Fence fence)
    {
        if (fence.Path is not null)
            _files[fence.Path] = _block.ToString();
        else if (program.Files is [var only] && IsInLanguageOf(only, fence))
            _unnamedFile = only with { Content = _block.ToString() };
        _block.Clear();
        _fence = null;
    }

    private bool IsInLanguageOf(CodeFile file, Fence fence) =>
        fence.Language.Length > 0
        && (fence.Language.Equals(program.Language, StringComparison.OrdinalIgnoreCase)
            || file.Path.EndsWith($".{fence.Language}", StringComparison.OrdinalIgnoreCase));
}
