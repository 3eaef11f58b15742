using System.Buffers;
using System.Text;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Executions;

/// <summary>
/// What of a stage's output is kept to look for diagnostics: of each stream the start (a compiler's first errors cause the
/// rest) or the end (where a failing program says why).
/// </summary>
internal sealed class StageText(bool keepsEnd)
{
    private const int MaxBytes = 128 * 1024;

    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly ArrayBufferWriter<byte> _error = new();

    public void Add(SandboxStream stream, ReadOnlySpan<byte> data)
    {
        var kept = stream == SandboxStream.StandardError ? _error : _output;
        if (keepsEnd)
            KeepEnd(kept, data);
        else
            kept.Write(data[..Math.Min(data.Length, MaxBytes - kept.WrittenCount)]);
    }

    /// <summary>Errors first.</summary>
    public override string ToString() => _error.WrittenCount == 0 ? Text(_output) : $"{Text(_error)}\n{Text(_output)}";

    private static void KeepEnd(ArrayBufferWriter<byte> kept, ReadOnlySpan<byte> data)
    {
        kept.Write(data);
        // Moved now and then, not for every line.
        if (kept.WrittenCount > 2 * MaxBytes)
        {
            var end = kept.WrittenSpan[^MaxBytes..].ToArray();
            kept.ResetWrittenCount();
            kept.Write(end);
        }
    }

    private static string Text(ArrayBufferWriter<byte> kept) =>
        Encoding.UTF8.GetString(kept.WrittenSpan[Math.Max(0, kept.WrittenCount - MaxBytes)..]);
}
