using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace OnlineCompiler.Cli.Terminals;

/// <summary>
/// The standard streams as bytes, unbuffered. .NET's own swallow the news that nobody reads any more, and read whole lines
/// of a terminal; a file stream would write at a position of its own and not after what others have written.
/// </summary>
internal static unsafe class StandardStreams
{
    public const int Input = 0;
    public const int Output = 1;
    public const int Error = 2;

    /// <returns>How many bytes were read; 0 at the end of input, and when there is no input.</returns>
    public static int Read(Span<byte> buffer)
    {
        if (OperatingSystem.IsWindows())
            return Console.OpenStandardInput().Read(buffer);

        fixed (byte* start = buffer)
        {
            nint count;
            do
                count = LibC.Read(Input, start, (nuint)buffer.Length);
            while (count < 0 && Marshal.GetLastPInvokeError() == LibC.Interrupted);
            return (int)Math.Max(0, count);
        }
    }

    /// <exception cref="BrokenPipeException">Nobody reads any more.</exception>
    /// <exception cref="IOException">It cannot be written, for example to a full disk.</exception>
    public static void WriteOutput(ReadOnlySpan<byte> data) => Write(Output, data);

    /// <inheritdoc cref="WriteOutput(ReadOnlySpan{byte})" />
    public static void WriteOutput(string text) => WriteOutput(Encoding.UTF8.GetBytes(text));

    /// <inheritdoc cref="WriteOutput(ReadOnlySpan{byte})" />
    public static void WriteError(ReadOnlySpan<byte> data) => Write(Error, data);

    /// <summary>Says something of our own, as a line.</summary>
    public static void Say(string sentence)
    {
        try
        {
            WriteError(Encoding.UTF8.GetBytes($"oc: {sentence}\n"));
        }
        catch (IOException)
        {
            // There is nowhere left to say that nobody listens.
        }
    }

    private static void Write(int descriptor, ReadOnlySpan<byte> data)
    {
        if (OperatingSystem.IsWindows())
        {
            (descriptor == Output ? Console.OpenStandardOutput() : Console.OpenStandardError()).Write(data);
            return;
        }

        fixed (byte* start = data)
        {
            for (nint written = 0; written < data.Length;)
                written += WriteSome(descriptor, start + written, (nuint)(data.Length - written));
        }
    }

    private static nint WriteSome(int descriptor, byte* start, nuint count)
    {
        var written = LibC.Write(descriptor, start, count);
        if (written >= 0)
            return written;

        switch (Marshal.GetLastPInvokeError())
        {
            case LibC.Interrupted:
                return 0;
            case var error when error == LibC.TryAgain:
                // Whoever shares the stream has made it non-blocking.
                var waiting = new LibC.PollDescriptor { Descriptor = descriptor, Events = LibC.PollOut };
                _ = LibC.Poll(&waiting, 1, Timeout.Infinite);
                return 0;
            case LibC.BrokenPipe:
                throw new BrokenPipeException();
            case var error:
                throw new IOException($"cannot write to {(descriptor == Output ? "standard output" : "standard error")}: {new Win32Exception(error).Message}");
        }
    }
}

/// <summary>Nobody reads what is written any more, as after <c>| head -1</c>.</summary>
internal sealed class BrokenPipeException() : IOException("Nobody reads the output any more.");
