using OnlineCompiler.ExecutionService.Languages;

namespace OnlineCompiler.ExecutionService.Tests.Languages;

public sealed class VersionRangeTests
{
    [Theory]
    [InlineData("", "3.11.2", true)]
    [InlineData("*", "0.0.1", true)]
    [InlineData("3", "3.11.2", true)]
    [InlineData("3", "4.0.0", false)]
    [InlineData("3.x", "3.11.2", true)]
    [InlineData("3.10", "3.11.2", false)]
    [InlineData("3.11.2", "3.11.2", true)]
    [InlineData("=3.11.2", "3.11.3", false)]
    [InlineData("^3.4", "3.11.2", true)]
    [InlineData("^3.4", "3.3.9", false)]
    [InlineData("^0.2.3", "0.2.9", true)]
    [InlineData("^0.2.3", "0.3.0", false)]
    [InlineData("^0.0.3", "0.0.4", false)]
    [InlineData("~1.2.3", "1.2.9", true)]
    [InlineData("~1.2.3", "1.3.0", false)]
    [InlineData(">=1.2 <3", "2.9.9", true)]
    [InlineData(">= 1.2 < 3", "3.0.0", false)]
    [InlineData(">12", "12.9.9", false)]
    [InlineData(">12", "13.0.0", true)]
    [InlineData("<=12", "12.9.9", true)]
    [InlineData("1.2 - 2.3", "2.3.9", true)]
    [InlineData("1.2 - 2.3", "2.4.0", false)]
    [InlineData("1 || 3", "3.1.0", true)]
    [InlineData("1 || 3", "2.1.0", false)]
    [InlineData("20", "v20.20.2", true)]
    [InlineData("17.0.15", "17.0.15.1", true)]
    public void A_range_holds_a_version_as_npm_has_it(string range, string version, bool expected) =>
        Assert.Equal(expected, VersionRange.TryParse(range)!.IsSatisfiedBy(version));

    [Theory]
    [InlineData("three")]
    [InlineData("1.2.beta")]
    [InlineData(">>1")]
    [InlineData("1 - ")]
    [InlineData("^")]
    public void What_is_no_range_is_refused(string text) => Assert.Null(VersionRange.TryParse(text));
}
