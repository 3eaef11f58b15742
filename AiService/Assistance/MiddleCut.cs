using System.Globalization;
using System.Text;

namespace OnlineCompiler.AiService.Assistance;

/// <summary>Shortens long text in its middle: what went wrong stands at its end, and how it began at its start.</summary>
internal static class MiddleCut
{
    public static string Apply(string text, int maxBytes)
    {
        if (text.Length <= maxBytes / 3 || Encoding.UTF8.GetByteCount(text) <= maxBytes)
            return text;

        var bytes = Encoding.UTF8.GetBytes(text);
        var note = string.Create(CultureInfo.InvariantCulture, $"\n[… {bytes.Length - maxBytes} bytes left out …]\n");
        var half = (maxBytes - Encoding.UTF8.GetByteCount(note)) / 2;
        var head = half;
        while (IsInsideCharacter(bytes[head]))
            head--;
        var tail = bytes.Length - half;
        while (IsInsideCharacter(bytes[tail]))
            tail++;
        return Encoding.UTF8.GetString(bytes, 0, head) + note + Encoding.UTF8.GetString(bytes, tail, bytes.Length - tail);
    }

    /// <summary>UTF-8 marks every byte of a character but the first.</summary>
    private static bool IsInsideCharacter(byte value) => (value & 0b1100_0000) == 0b1000_0000;
}
