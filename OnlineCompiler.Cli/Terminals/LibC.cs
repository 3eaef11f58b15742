using System.Runtime.InteropServices;

namespace OnlineCompiler.Cli.Terminals;

/// <summary>What .NET hides: streams that tell of a closed reader, and the modes of a terminal.</summary>
internal static unsafe partial class LibC
{
    public const int Interrupted = 4;
    public const int BrokenPipe = 32;

    /// <summary>The one of these numbers that differs between Linux and the BSDs.</summary>
    public static readonly int TryAgain = OperatingSystem.IsLinux() ? 11 : 35;

    /// <summary>Larger than <c>struct termios</c> of any system, whose members are no concern of ours.</summary>
    public const int MaxTermiosBytes = 256;
    public const int SetAfterOutput = 1;

    public const short PollOut = 4;

    /// <summary>Linux's request for the size of a terminal's window.</summary>
    public const nuint GetWindowSize = 0x5413;

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollDescriptor* descriptors, nuint count, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "isatty")]
    public static partial int IsTerminal(int descriptor);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    public static partial int GetTerminalAttributes(int descriptor, byte* termios);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    public static partial int SetTerminalAttributes(int descriptor, int when, byte* termios);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    public static partial void MakeRaw(byte* termios);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int descriptor, nuint request, WindowSize* size);

    [StructLayout(LayoutKind.Sequential)]
    public struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort WidthPixels;
        public ushort HeightPixels;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short ReturnedEvents;
    }
}
