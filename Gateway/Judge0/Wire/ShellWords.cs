using System.Text;

namespace OnlineCompiler.Gateway.Judge0.Wire;

/// <summary>Splits arguments as the shell does that Judge0 puts them into, without what would be more than arguments.</summary>
internal static class ShellWords
{
    private const string Dropped = "$&;<>|`";

    public static IReadOnlyList<string> Split(string? text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (isWord, quote) = (false, '\0');
        var rest = new Queue<char>((text ?? "").Where(character => !Dropped.Contains(character, StringComparison.Ordinal)));
        while (rest.TryDequeue(out var character))
        {
            if (quote is '\0' && char.IsWhiteSpace(character))
            {
                if (isWord)
                    words.Add(word.ToString());
                word.Clear();
                isWord = false;
                continue;
            }

            // Quotes alone are an empty word.
            isWord = true;
            if (character == quote)
                quote = '\0';
            else if (quote is '\0' && character is '\'' or '"')
                quote = character;
            else if (character is '\\' && quote is not '\'' && rest.TryPeek(out var next) && (quote is '\0' || next is '"' or '\\'))
                word.Append(rest.Dequeue());
            else
                word.Append(character);
        }

        if (isWord)
            words.Add(word.ToString());
        return words;
    }
}
