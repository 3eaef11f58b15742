using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using OnlineCompiler.Session.V1;

namespace OnlineCompiler.Gateway.Previews;

/// <summary>What is said of a program where only its link is shown. Both texts are a stranger's.</summary>
/// <param name="Title">The program's name.</param>
/// <param name="Description">Its language, and how it begins.</param>
internal sealed record Preview(string Title, string Description)
{
    private const int MaxTitleCharacters = 120;
    private const int MaxBeginningCharacters = 160;

    /// <summary>Of the program's beginning so much is looked at; the rest may be long.</summary>
    private const int LookedAt = 2_000;

    /// <param name="program">What was shared.</param>
    /// <param name="language">Its language's name for people.</param>
    public static Preview Of(SessionContent program, string language)
    {
        var main = program.Files.FirstOrDefault(file => file.Path == program.EntryPoint) ?? program.Files.FirstOrDefault();
        var beginning = OneLine(main?.Content ?? "", MaxBeginningCharacters);
        return new Preview(OneLine(program.Title, MaxTitleCharacters), beginning is "" ? $"A {language} program" : $"A {language} program: {beginning}");
    }

    /// <summary>Elements for the head of a page. Who was given the link may see it; search engines were not.</summary>
    public string ToHtml() =>
        $"""
        <meta name="robots" content="noindex" />
        <meta property="og:site_name" content="OnlineCompiler" />
        <meta property="og:type" content="website" />
        <meta property="og:title" content="{Escaped(Title)}" />
        <meta property="og:description" content="{Escaped(Description)}" />
        <meta name="twitter:card" content="summary" />

        """;

    private static string Escaped(string text) => HtmlEncoder.Default.Encode(text);

    /// <summary>In one line, without what is not seen: marks of direction could make a chat show another text than is there.</summary>
    private static string OneLine(string text, int maxCharacters)
    {
        var line = new StringBuilder();
        var count = 0;
        foreach (var rune in text.AsSpan(0, Math.Min(text.Length, LookedAt)).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format)
            {
                if (line.Length > 0 && line[^1] != ' ')
                    line.Append(' ');
                continue;
            }
            if (++count > maxCharacters)
                return $"{line.ToString().TrimEnd()}…";
            line.Append(rune.ToString());
        }

        return line.ToString().TrimEnd();
    }
}
