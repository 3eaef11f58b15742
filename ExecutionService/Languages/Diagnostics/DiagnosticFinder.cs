using System.Globalization;
using System.Text.RegularExpressions;

namespace OnlineCompiler.ExecutionService.Languages.Diagnostics;

/// <summary>
/// Finds places in the program in what one of its stages printed. The text is hostile: patterns match in linear time, and
/// their number, the text's length and the time for all of it are bounded.
/// </summary>
internal sealed partial class DiagnosticFinder
{
    /// <summary>A compiler's later errors mostly follow from its first.</summary>
    public const int MaxDiagnostics = 100;

    private const int MaxMatches = 2_000;
    private const int MaxMessageLength = 1_000;
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.Multiline | RegexOptions.CultureInvariant;

    private static readonly TimeSpan _matchLimit = TimeSpan.FromMilliseconds(500);

    private readonly List<PackDiagnostic> _diagnostics;

    /// <summary>Made when first needed: each takes most of a megabyte, and few languages are in use at a time.</summary>
    private readonly Lazy<List<Rule>> _rules;

    /// <param name="diagnostics">What the pack says.</param>
    /// <param name="stage">"compile" or "run": those for the other stage are left out.</param>
    public DiagnosticFinder(IEnumerable<PackDiagnostic> diagnostics, string stage)
    {
        _diagnostics = [.. diagnostics.Where(diagnostic => diagnostic.Stage is null || diagnostic.Stage == stage)];
        _rules = new(() => _diagnostics.ConvertAll(MakeRule));
    }

    public bool IsEmpty => _diagnostics.Count == 0;

    /// <summary>In the order of the text. Each line of it counts once, for the first pattern that finds one of <paramref name="files"/> there.</summary>
    /// <param name="text">What the stage printed.</param>
    /// <param name="files">Of the request.</param>
    /// <param name="unnamed">The one that is meant where the tool names none; null when that is not clear.</param>
    public IReadOnlyList<Diagnostic> Find(string text, IReadOnlyCollection<string> files, string? unnamed)
    {
        text = Unprintable().Replace(text, "");
        var lines = new LineIndex(text);
        var found = new SortedList<int, Diagnostic>();
        try
        {
            foreach (var rule in _rules.Value)
                Find(rule, text, lines, files, unnamed, found);
        }
        catch (RegexMatchTimeoutException)
        {
            // What was found until then is true all the same.
        }
        return [.. found.Values.Take(MaxDiagnostics)];
    }

    private static Rule MakeRule(PackDiagnostic diagnostic) => new(
        new Regex(diagnostic.Pattern, Options, _matchLimit),
        diagnostic.Frame is null ? null : new Regex(diagnostic.Frame, Options, _matchLimit),
        diagnostic.Innermost == "last",
        SeverityOf(diagnostic.Severity),
        1 - diagnostic.ColumnsFrom);

    private static void Find(Rule rule, string text, LineIndex lines, IReadOnlyCollection<string> files, string? unnamed, SortedList<int, Diagnostic> found)
    {
        var match = rule.Pattern.Match(text);
        for (var count = 0; match.Success && count < MaxMatches; count++, match = match.NextMatch())
        {
            if (Read(rule, match, files, unnamed) is { } diagnostic && lines.TryTake(match.Index, match.Index + match.Length))
                found.Add(match.Index, diagnostic);
        }
    }

    private static Diagnostic? Read(Rule rule, Match match, IReadOnlyCollection<string> files, string? unnamed)
    {
        if (ReadPlace(rule, match, files, unnamed) is not var (file, line, column))
            return null;
        var message = match.Groups["message"] is { Success: true, Value: var said } ? said : match.Value;
        message = message.Trim();
        if (message.IndexOf('\n') is >= 0 and var end)
            message = message[..end].TrimEnd();
        var severity = match.Groups["severity"] is { Success: true, Value: var word } ? SeverityOf(word) : rule.Severity;
        return new Diagnostic(file, line, column, severity, message[..Math.Min(message.Length, MaxMessageLength)]);
    }

    private static (string File, int Line, int? Column)? ReadPlace(Rule rule, Match match, IReadOnlyCollection<string> files, string? unnamed)
    {
        if (rule.Frame is null)
            return Place(rule, match, files, unnamed);
        var places = rule.Frame.Matches(match.Groups["frames"].Value).Take(MaxMatches).Select(frame => Place(rule, frame, files, unnamed)).Where(place => place is not null);
        return rule.IsInnermostLast ? places.LastOrDefault() : places.FirstOrDefault();
    }

    private static (string File, int Line, int? Column)? Place(Rule rule, Match match, IReadOnlyCollection<string> files, string? unnamed)
    {
        var file = match.Groups["file"] is { Success: true, Value: var named } ? Own(named, files) : unnamed;
        return file is not null && Number(match.Groups["line"]) is { } line ? (file, line, Number(match.Groups["column"], rule.AddToColumn)) : null;
    }

    /// <summary>The file of the request that is meant; null when it is none of them, or not clear which.</summary>
    private static string? Own(string named, IReadOnlyCollection<string> files)
    {
        const string Workspace = "/workspace/";
        var path = named.IndexOf(Workspace, StringComparison.Ordinal) is >= 0 and var at ? named[(at + Workspace.Length)..] : named;
        path = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        if (files.Contains(path))
            return path;
        // Stack traces of some runtimes leave the folder out.
        var ending = files.Where(file => path.Length > 0 && file.EndsWith("/" + path, StringComparison.Ordinal)).Take(2).ToList();
        return ending.Count == 1 ? ending[0] : null;
    }

    private static int? Number(Group group, int add = 0) =>
        int.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < int.MaxValue && number + add > 0 ? number + add : null;

    private static DiagnosticSeverity SeverityOf(string word) => word switch
    {
        _ when word.Contains("warn", StringComparison.OrdinalIgnoreCase) => DiagnosticSeverity.Warning,
        _ when word.Contains("note", StringComparison.OrdinalIgnoreCase)
            || word.Contains("info", StringComparison.OrdinalIgnoreCase)
            || word.Contains("hint", StringComparison.OrdinalIgnoreCase)
            || word.Contains("remark", StringComparison.OrdinalIgnoreCase) => DiagnosticSeverity.Info,
        _ => DiagnosticSeverity.Error,
    };

    /// <summary>Colours and the carriage returns of terminals.</summary>
    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]|\r")]
    private static partial Regex Unprintable();

    private sealed record Rule(Regex Pattern, Regex? Frame, bool IsInnermostLast, DiagnosticSeverity Severity, int AddToColumn);

    /// <summary>Which lines of a text have been used.</summary>
    private sealed class LineIndex
    {
        private readonly List<int> _starts = [0];
        private readonly HashSet<int> _taken = [];

        public LineIndex(string text)
        {
            for (var end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n', end + 1))
                _starts.Add(end + 1);
        }

        /// <summary>False when one of the lines from one position up to another has been taken already.</summary>
        public bool TryTake(int from, int to)
        {
            var (first, last) = (LineAt(from), LineAt(Math.Max(from, to - 1)));
            for (var line = first; line <= last; line++)
            {
                if (_taken.Contains(line))
                    return false;
            }
            for (var line = first; line <= last; line++)
                _taken.Add(line);
            return true;
        }

        private int LineAt(int position)
        {
            var index = _starts.BinarySearch(position);
            return index >= 0 ? index : ~index - 1;
        }
    }
}
