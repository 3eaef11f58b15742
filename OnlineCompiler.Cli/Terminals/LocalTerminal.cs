using System.Runtime.InteropServices;
using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Terminals;

/// <summary>
/// The terminal that oc was started in, when it is all three standard streams: only then can the program have one of its own
/// and keep output and error where they belong. The program's terminal echoes, edits lines and turns Ctrl-C into a
/// signal, so while the program runs this one must do nothing of that.
/// </summary>
internal sealed unsafe class LocalTerminal : IDisposable
{
    private const int MaxSide = 1000;
    private static readonly TerminalSize UnknownSize = new(80, 24);
    private byte[]? _attributes;

    private LocalTerminal()
    {
    }

    /// <summary>What the window's size is now; 80 by 24 when the terminal does not know.</summary>
    public static TerminalSize Size
    {
        get
        {
            LibC.WindowSize size;
            return LibC.Control(StandardStreams.Output, LibC.GetWindowSize, &size) == 0 && size is { Columns: > 0, Rows: > 0 }
                ? new TerminalSize(Math.Min((int)size.Columns, MaxSide), Math.Min((int)size.Rows, MaxSide))
                : UnknownSize;
        }
    }

    /// <returns>Null when a stream is something else, or when this is not Linux.</returns>
    public static LocalTerminal? Find() =>
        OperatingSystem.IsLinux() && ((int[])[StandardStreams.Input, StandardStreams.Output, StandardStreams.Error]).All(stream => LibC.IsTerminal(stream) == 1)
            ? new LocalTerminal()
            : null;

    /// <summary>Calls back, until the answer is disposed of, when the window has another size.</summary>
    public static IDisposable? WhenResized(Action changed) =>
        OperatingSystem.IsLinux() ? PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => changed()) : null;

    /// <summary>Passes every byte both ways as it is, until disposed of.</summary>
    public void EnterRawMode()
    {
        var attributes = new byte[LibC.MaxTermiosBytes];
        Span<byte> raw = stackalloc byte[LibC.MaxTermiosBytes];
        fixed (byte* original = attributes, changed = raw)
        {
            if (LibC.GetTerminalAttributes(StandardStreams.Input, original) != 0)
                return;
            attributes.CopyTo(raw);
            LibC.MakeRaw(changed);
            if (LibC.SetTerminalAttributes(StandardStreams.Input, LibC.SetAfterOutput, changed) == 0)
                _attributes = attributes;
        }
    }

    /// <summary>Makes the terminal what it was.</summary>
    public void Dispose()
    {
        if (_attributes is null)
            return;
        fixed (byte* original = _attributes)
            _ = LibC.SetTerminalAttributes(StandardStreams.Input, LibC.SetAfterOutput, original);
        _attributes = null;
    }
}
