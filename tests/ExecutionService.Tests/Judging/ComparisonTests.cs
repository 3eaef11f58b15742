using System.Text;
using OnlineCompiler.ExecutionService.Judging;
using OnlineCompiler.ExecutionService.Judging.Comparing;

namespace OnlineCompiler.ExecutionService.Tests.Judging;

/// <summary>Texts are Latin-1 here, so that <c>\xff</c> is the byte that is no UTF-8.</summary>
public sealed class ComparisonTests
{
    [Theory]
    [InlineData("", "", Verdict.Accepted)]
    [InlineData("a\n", "a\n", Verdict.Accepted)]
    [InlineData("a", "a\n", Verdict.PresentationError)]
    [InlineData("a\r\n", "a\n", Verdict.PresentationError)]
    [InlineData("a b", "a  b", Verdict.PresentationError)]
    [InlineData("ab", "a b", Verdict.WrongAnswer)]
    [InlineData("", "a", Verdict.WrongAnswer)]
    [InlineData("a", "", Verdict.WrongAnswer)]
    [InlineData("\xff\xfe", "\xff\xfe", Verdict.Accepted)]
    [InlineData("\xff", "\xfe", Verdict.WrongAnswer)]
    internal void Exact_is_byte_by_byte(string actual, string expected, Verdict verdict) =>
        AssertVerdict(verdict, new Comparison { Mode = ComparisonMode.Exact }, actual, expected);

    [Theory]
    [InlineData("a", "a\n", Verdict.Accepted)]
    [InlineData("a\n", "a", Verdict.Accepted)]
    [InlineData("a \t\nb\r\n\n\n", "a\nb", Verdict.Accepted)]
    [InlineData("a\r\nb\r\n", "a\nb\n", Verdict.Accepted)]
    [InlineData("\n\n", "", Verdict.Accepted)]
    [InlineData("a\n\nb", "a\nb", Verdict.PresentationError)]
    [InlineData(" a", "a", Verdict.PresentationError)]
    [InlineData("a  b", "a b", Verdict.PresentationError)]
    [InlineData("a\nc", "a\nb", Verdict.WrongAnswer)]
    [InlineData("a\nb\nc", "a\nb", Verdict.WrongAnswer)]
    [InlineData("a", "a\nb", Verdict.WrongAnswer)]
    [InlineData("A", "a", Verdict.WrongAnswer)]
    [InlineData("a\0b", "a\0b", Verdict.Accepted)]
    [InlineData("\xff\n", "\xff", Verdict.Accepted)]
    [InlineData("\xff", "\xef\xbf\xbd", Verdict.WrongAnswer)]
    internal void Lines_ignore_white_space_at_their_ends(string actual, string expected, Verdict verdict) =>
        AssertVerdict(verdict, new Comparison(), actual, expected);

    [Theory]
    [InlineData("1 2\n3", "1\n2\t3\r\n", Verdict.Accepted)]
    [InlineData("  ", "", Verdict.Accepted)]
    [InlineData("12 3", "1 23", Verdict.WrongAnswer)]
    [InlineData("1 2", "1 2 3", Verdict.WrongAnswer)]
    [InlineData("1 2 3", "1 2", Verdict.WrongAnswer)]
    [InlineData("1.0", "1", Verdict.WrongAnswer)]
    internal void Tokens_are_words(string actual, string expected, Verdict verdict) =>
        AssertVerdict(verdict, new Comparison { Mode = ComparisonMode.Tokens }, actual, expected);

    [Theory]
    [InlineData("1 2 3", "123\n", Verdict.Accepted)]
    [InlineData("", " \r\n", Verdict.Accepted)]
    [InlineData("12", "123", Verdict.WrongAnswer)]
    [InlineData("123", "12", Verdict.WrongAnswer)]
    [InlineData("1 2 4", "1 2 3", Verdict.WrongAnswer)]
    internal void White_space_may_count_for_nothing(string actual, string expected, Verdict verdict) =>
        AssertVerdict(verdict, new Comparison { Mode = ComparisonMode.NoWhiteSpace }, actual, expected);

    [Theory]
    [InlineData(ComparisonMode.Lines, "Yes", "YES", Verdict.Accepted)]
    [InlineData(ComparisonMode.Tokens, "yes no", "YES\nNO", Verdict.Accepted)]
    [InlineData(ComparisonMode.NoWhiteSpace, "y e s", "YES", Verdict.Accepted)]
    [InlineData(ComparisonMode.Numbers, "Pi 3.1415926", "PI 3.1415927", Verdict.Accepted)]
    [InlineData(ComparisonMode.Lines, "yes ", " YES", Verdict.PresentationError)]
    [InlineData(ComparisonMode.Lines, "@", "`", Verdict.WrongAnswer)]
    // é and É in UTF-8.
    [InlineData(ComparisonMode.Lines, "\xc3\xa9", "\xc3\x89", Verdict.Accepted)]
    [InlineData(ComparisonMode.NoWhiteSpace, "\xc3\xa9 a", "\xc3\x89\x41", Verdict.Accepted)]
    [InlineData(ComparisonMode.Lines, "\xc3\xa9", "\xc3\xa8", Verdict.WrongAnswer)]
    // The same two bytes cut in half are no letters.
    [InlineData(ComparisonMode.Lines, "\xa9", "\x89", Verdict.WrongAnswer)]
    [InlineData(ComparisonMode.Lines, "\xa9X", "\xa9x", Verdict.Accepted)]
    internal void Case_may_count_for_nothing(ComparisonMode mode, string actual, string expected, Verdict verdict) =>
        AssertVerdict(verdict, new Comparison { Mode = mode, IgnoresCase = true }, actual, expected);

    [Theory]
    [InlineData("1.0", "1", 0, 0, Verdict.Accepted)]
    [InlineData("+1", "1", 0, 0, Verdict.Accepted)]
    [InlineData("-0", "0", 0, 0, Verdict.Accepted)]
    [InlineData("1e3", "1000", 0, 0, Verdict.Accepted)]
    [InlineData(".5", "0.5", 0, 0, Verdict.Accepted)]
    [InlineData("1e-9", "0", 1e-6, 0, Verdict.Accepted)]
    [InlineData("1e-9", "0", 1e-10, 1, Verdict.WrongAnswer)]
    [InlineData("0", "1e-9", 0, 0.5, Verdict.WrongAnswer)]
    [InlineData("1000001", "1000000", 0, 1e-6, Verdict.Accepted)]
    [InlineData("1000002", "1000000", 0, 1e-6, Verdict.WrongAnswer)]
    [InlineData("1000002", "1000000", 2, 0, Verdict.Accepted)]
    [InlineData("nan", "NaN", 0, 0, Verdict.Accepted)]
    [InlineData("-nan", "nan", 0, 0, Verdict.Accepted)]
    [InlineData("nan", "1", 1e300, 1e300, Verdict.WrongAnswer)]
    [InlineData("1", "nan", 1e300, 1e300, Verdict.WrongAnswer)]
    [InlineData("inf", "Infinity", 0, 0, Verdict.Accepted)]
    [InlineData("-inf", "inf", 1e300, 1e300, Verdict.WrongAnswer)]
    [InlineData("1", "inf", 1e300, 1e300, Verdict.WrongAnswer)]
    // Too large for double precision: words.
    [InlineData("1e400", "1e400", 0, 0, Verdict.Accepted)]
    [InlineData("1e400", "2e400", 1, 1, Verdict.WrongAnswer)]
    [InlineData("1e400", "inf", 1, 1, Verdict.WrongAnswer)]
    [InlineData("1.7e308", "-1.7e308", 1.7e308, 1, Verdict.WrongAnswer)]
    [InlineData("1,5", "1.5", 1, 1, Verdict.WrongAnswer)]
    [InlineData("0x10", "16", 0, 0, Verdict.WrongAnswer)]
    [InlineData("1.5 apples", "1.5000001 apples", 1e-6, 0, Verdict.Accepted)]
    [InlineData("1.5 apples", "1.5 pears", 1, 1, Verdict.WrongAnswer)]
    [InlineData("1", "1 2", 9, 9, Verdict.WrongAnswer)]
    [InlineData("\xff", "\xff", 0, 0, Verdict.Accepted)]
    [InlineData("-", "+", 9, 9, Verdict.WrongAnswer)]
    internal void Numbers_are_compared_within_tolerances(string actual, string expected, double absolute, double relative, Verdict verdict) =>
        AssertVerdict(verdict, new Comparison { Mode = ComparisonMode.Numbers, AbsoluteTolerance = absolute, RelativeTolerance = relative }, actual, expected);

    [Theory]
    [InlineData(ComparisonMode.Lines, "a\nb\n", "a\nc\n", "Line 2: expected \"c\", found \"b\".")]
    [InlineData(ComparisonMode.Tokens, "a\nb", "a\nb c", "Word 3, line 2: expected \"c\", found the end.")]
    [InlineData(ComparisonMode.Exact, "a\nb", "a\nc", "Line 2, byte 3 of the output: expected 99, found 98.")]
    [InlineData(ComparisonMode.NoWhiteSpace, "a\nb", "ac", "Line 2: expected \"c\", found \"b\".")]
    [InlineData(ComparisonMode.Lines, "\u001b[2J", "x", "Line 1: expected \"x\", found \"\uFFFD[2J\".")]
    internal void The_first_difference_is_told(ComparisonMode mode, string actual, string expected, string message) =>
        Assert.Equal(message, new Comparison { Mode = mode }.Compare(Encoding.Latin1.GetBytes(actual), Encoding.Latin1.GetBytes(expected)).Message);

    [Theory]
    [InlineData(ComparisonMode.Exact)]
    [InlineData(ComparisonMode.Lines)]
    [InlineData(ComparisonMode.Tokens)]
    [InlineData(ComparisonMode.NoWhiteSpace)]
    [InlineData(ComparisonMode.Numbers)]
    internal void The_largest_outputs_are_compared_without_copies(ComparisonMode mode)
    {
        // Lines of two numbers, then a single number of a million digits: whatever takes words apart must not take them along.
        var output = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("12345 67890\n", 1_250_000)) + new string('9', 1_000_000));
        var same = (byte[])output.Clone();
        var comparison = new Comparison { Mode = mode };
        comparison.Compare("warm up"u8, "warm up"u8);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var (verdict, _) = comparison.Compare(output, same);

        Assert.Equal(Verdict.Accepted, verdict);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        same[^1] = (byte)'8';
        Assert.Equal(Verdict.WrongAnswer, comparison.Compare(output, same).Verdict);
    }

    private static void AssertVerdict(Verdict verdict, Comparison comparison, string actual, string expected) =>
        Assert.Equal(verdict, comparison.Compare(Encoding.Latin1.GetBytes(actual), Encoding.Latin1.GetBytes(expected)).Verdict);
}
