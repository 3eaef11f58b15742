using OnlineCompiler.ExecutionService.Languages;
using OnlineCompiler.ExecutionService.Languages.Diagnostics;

namespace OnlineCompiler.ExecutionService.Tests.Languages;

public sealed class DiagnosticFinderTests
{
    private static readonly PackDiagnostic _gcc =
        new() { Pattern = @"^(?<file>[^:\n]+):(?<line>\d+):(?:(?<column>\d+):)? (?<severity>fatal error|error|warning|note): (?<message>.*)$", Stage = "compile" };

    private static readonly PackDiagnostic _python = new()
    {
        Pattern = @"^Traceback \(most recent call last\):\n(?<frames>(?:  .*\n)+)(?<message>\S.*)$",
        Frame = @"^  File ""(?<file>[^""\n]+)"", line (?<line>\d+)",
        Innermost = "last",
    };

    [Fact]
    public void Places_are_found_in_their_order_with_all_that_is_said() => Assert.Equal(
        [
            new Diagnostic("main.c", 3, 5, DiagnosticSeverity.Error, "no"),
            new Diagnostic("lib/a.h", 7, null, DiagnosticSeverity.Warning, "maybe"),
            new Diagnostic("main.c", 9, 1, DiagnosticSeverity.Info, "here"),
        ],
        Find([_gcc], "main.c:3:5: error: no\n    x = 1;\nIn file …\n/workspace/lib/a.h:7: warning: maybe\n./main.c:9:1: note: here\n"));

    [Theory]
    [InlineData("/usr/include/stdio.h:3:5: error: no")]
    [InlineData("/etc/main.c:3:5: error: no")]
    [InlineData("other.c:3:5: error: no")]
    [InlineData("main.c:0:5: error: no")]
    [InlineData("main.c:99999999999:5: error: no")]
    [InlineData(":3:5: error: no")]
    public void What_is_not_about_the_program_is_left_out(string text) => Assert.Empty(Find([_gcc], text));

    [Fact]
    public void The_only_source_is_meant_where_no_file_is_named()
    {
        PackDiagnostic[] sqlite = [new() { Pattern = @"^Parse error(?: in (?<file>\S+))? near line (?<line>\d+): (?<message>.*)$" }];
        const string Text = "Parse error near line 3: no\nParse error in other.sql near line 4: no\nParse error in main.sql near line 5: yes\n";

        Assert.Equal([("main.sql", 3), ("main.sql", 5)], Places("main.sql"));
        Assert.Equal([("main.sql", 5)], Places(null));

        IEnumerable<(string, int)> Places(string? unnamed) =>
            new DiagnosticFinder(sqlite, "run").Find(Text, ["main.sql", "a.sql"], unnamed).Select(found => (found.File, found.Line));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 4)]
    public void Columns_are_counted_from_one_whatever_the_tool_does(int first, int column) =>
        Assert.Equal(column, Assert.Single(Find([_gcc with { ColumnsFrom = first }], "main.c:3:4: error: no\n")).Column);

    [Fact]
    public void A_file_without_its_folder_is_known_when_there_is_only_one() => Assert.Equal("lib/a.h", Assert.Single(Find([_gcc], "a.h:1: error: x")).File);

    [Fact]
    public void Of_a_stack_the_innermost_of_the_programs_own_frames_counts()
    {
        const string Stack = """
            Traceback (most recent call last):
              File "/workspace/main.c", line 4, in <module>
                run()
              File "/workspace/lib/a.h", line 8, in run
                json.loads("")
              File "/usr/lib/python3.11/json/__init__.py", line 346, in loads
            ValueError: no
            """;

        Assert.Equal([new Diagnostic("lib/a.h", 8, null, DiagnosticSeverity.Error, "ValueError: no")], Find([_python], Stack));
    }

    [Fact]
    public void Each_line_counts_once_for_the_first_pattern()
    {
        var second = new PackDiagnostic { Pattern = @"^(?<file>\S+):(?<line>\d+)", Severity = "warning" };

        Assert.Equal(
            [new Diagnostic("main.c", 1, 2, DiagnosticSeverity.Error, "a"), new Diagnostic("main.c", 5, null, DiagnosticSeverity.Warning, "main.c:5")],
            Find([_gcc, second], "main.c:1:2: error: a\nmain.c:5 b\n"));
    }

    [Fact]
    public void Patterns_of_the_other_stage_are_left_out() => Assert.True(new DiagnosticFinder([_gcc], "run").IsEmpty);

    [Fact]
    public void Colours_and_carriage_returns_of_a_terminal_do_not_matter() =>
        Assert.Equal("no", Assert.Single(Find([_gcc], "\e[1mmain.c:3:5:\e[0m \e[31merror:\e[0m no\r\n")).Message);

    [Fact]
    public void A_flood_is_bounded_in_number_and_length()
    {
        var flood = string.Concat(Enumerable.Repeat($"main.c:1:1: error: {new string('x', 2000)}\n", 120));

        var found = Find([_gcc], flood);

        Assert.Equal(DiagnosticFinder.MaxDiagnostics, found.Count);
        Assert.All(found, diagnostic => Assert.Equal(1000, diagnostic.Message.Length));
    }

    [Fact]
    public async Task A_text_made_to_keep_patterns_busy_does_not()
    {
        var hostile = "Traceback (most recent call last):\n" + string.Concat(Enumerable.Repeat("  File \"\n", 30_000));

        var found = await Task.Run(() => Find([_gcc, _python], hostile), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Empty(found);
    }

    private static IReadOnlyList<Diagnostic> Find(PackDiagnostic[] patterns, string text) => new DiagnosticFinder(patterns, "compile").Find(text, ["main.c", "lib/a.h"], unnamed: "main.c");
}
