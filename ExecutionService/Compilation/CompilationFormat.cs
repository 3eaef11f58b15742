using System.Security.Cryptography;
using System.Text;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Compilation;

/// <summary>
/// A kept compilation as bytes: a mark, the SHA-256 of all that follows, the key, the compilation. The checksum covers the
/// key, so that an entry under another's name is as wrong as a damaged one.
/// </summary>
internal static class CompilationFormat
{
    private const int BodyStart = 8 + SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Mark => "OCCOMP01"u8;

    public static byte[] Write(CompileKey key, KeptCompilation compilation)
    {
        using var bytes = new MemoryStream();
        bytes.SetLength(BodyStart);
        bytes.Position = BodyStart;
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(key.Text);
        WriteReport(writer, compilation.Report);
        writer.Write(compilation.Output.Count);
        foreach (var output in compilation.Output)
        {
            writer.Write((byte)output.Stream);
            WriteBytes(writer, output.Data);
        }
        writer.Write(compilation.Files.Count);
        foreach (var file in compilation.Files)
        {
            writer.Write(file.Path);
            writer.Write(file.IsExecutable);
            WriteBytes(writer, file.Content);
        }
        writer.Flush();
        var written = bytes.ToArray();
        Mark.CopyTo(written);
        SHA256.HashData(written.AsSpan(BodyStart), written.AsSpan(Mark.Length));
        return written;
    }

    /// <summary>Null when the bytes are not what was written under this key.</summary>
    public static KeptCompilation? Read(CompileKey key, byte[] bytes)
    {
        if (bytes.Length < BodyStart || !bytes.AsSpan().StartsWith(Mark))
            return null;
        Span<byte> sum = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.AsSpan(BodyStart), sum);
        if (!sum.SequenceEqual(bytes.AsSpan(Mark.Length, sum.Length)))
            return null;

        // From here on the bytes are our own.
        using var reader = new BinaryReader(new MemoryStream(bytes, BodyStart, bytes.Length - BodyStart), Encoding.UTF8);
        if (reader.ReadString() != key.Text)
            return null;
        var report = ReadReport(reader);
        var output = new SandboxOutput[reader.ReadInt32()];
        for (var index = 0; index < output.Length; index++)
            output[index] = new SandboxOutput((SandboxStream)reader.ReadByte(), ReadBytes(reader));
        var files = new WorkspaceFile[reader.ReadInt32()];
        for (var index = 0; index < files.Length; index++)
        {
            var path = reader.ReadString();
            var isExecutable = reader.ReadBoolean();
            files[index] = new WorkspaceFile(path, ReadBytes(reader), isExecutable);
        }
        return new KeptCompilation(output, files, report);
    }

    /// <summary>Only what a kept compilation can have: no signal, no limit, nothing cut.</summary>
    private static void WriteReport(BinaryWriter writer, SandboxReport report)
    {
        writer.Write((byte)report.Outcome);
        writer.Write(report.ExitCode ?? 0);
        writer.Write((byte)report.Isolation);
        writer.Write(report.WallTime.Ticks);
        writer.Write(report.UserCpuTime.Ticks);
        writer.Write(report.SystemCpuTime.Ticks);
        writer.Write(report.MemoryPeakBytes);
    }

    private static SandboxReport ReadReport(BinaryReader reader) => new()
    {
        Outcome = (SandboxOutcome)reader.ReadByte(),
        ExitCode = reader.ReadInt32(),
        Isolation = (SandboxIsolation)reader.ReadByte(),
        WallTime = new TimeSpan(reader.ReadInt64()),
        UserCpuTime = new TimeSpan(reader.ReadInt64()),
        SystemCpuTime = new TimeSpan(reader.ReadInt64()),
        MemoryPeakBytes = reader.ReadInt64(),
    };

    private static void WriteBytes(BinaryWriter writer, ReadOnlyMemory<byte> bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes.Span);
    }

    private static byte[] ReadBytes(BinaryReader reader) => reader.ReadBytes(reader.ReadInt32());
}
