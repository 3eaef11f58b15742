using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OnlineCompiler.Bench.Death;

/// <summary>The file of a running program in which all its processes write the time, held open beyond their end.</summary>
internal sealed class Stamps : IDisposable
{
    private readonly SafeFileHandle _file;

    private Stamps(SafeFileHandle file) => _file = file;

    /// <param name="process">Any process of the program: its folder in /proc leads to the files that it sees.</param>
    public static Stamps Open(string process) =>
        new(File.OpenHandle(Path.Combine(process, "root/workspace/stamps"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));

    /// <summary>From a moment of <see cref="Stopwatch"/>, whose clock is the program's too, until the last process last ran; less than nothing when none has run since.</summary>
    public TimeSpan LastAfter(long timestamp)
    {
        var cells = new long[RandomAccess.GetLength(_file) / sizeof(long)];
        RandomAccess.Read(_file, MemoryMarshal.AsBytes(cells.AsSpan()), fileOffset: 0);
        return TimeSpan.FromSeconds((double)(cells.Max() - timestamp) / Stopwatch.Frequency);
    }

    public void Dispose() => _file.Dispose();
}
