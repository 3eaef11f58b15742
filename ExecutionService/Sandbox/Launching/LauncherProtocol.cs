using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using OnlineCompiler.ExecutionService.Sandbox.Cgroups;
using OnlineCompiler.ExecutionService.Sandbox.Prepared;
using OnlineCompiler.ServiceDefaults;

namespace OnlineCompiler.ExecutionService.Sandbox.Launching;

/// <summary>What the launcher is told and tells; the other half, with the reasons, is Launcher/protocol.h.</summary>
internal static class LauncherProtocol
{
    public const int FrameHeaderBytes = 8;
    public const int MaxInputFrameBytes = 64 * 1024;

    /// <summary>No frame is longer than the largest workspace file and its path.</summary>
    public const int MaxFrameBytes = 640 * 1024 * 1024;

    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private const long StackBytesWithoutGroups = 8 * 1024 * 1024;
    private const uint PreparationMagic = 0x3150434F;
    private const uint ReleaseMagic = 0x3152434F;

    private enum OrderTag : uint
    {
        Settings = 1,
        Argument = 2,
        Environment = 3,
        File = 4,
        Cgroup = 5,
        Collect = 6,
        ProgramCgroup = 7,
        Root = 8,
    }

    public enum InputFrame : uint
    {
        Stdin = 1,
        EndOfInput = 2,
        Signal = 3,
        Resize = 4,
    }

    public enum OutputFrame : uint
    {
        Started = 1,
        Stdout = 2,
        Stderr = 3,
        Exit = 4,
        File = 5,
        End = 6,
        Failure = 7,
        Prepared = 8,
    }

    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    private struct PreparationSettings
    {
        public ulong WorkspaceLimitBytes;
        public ulong WorkspaceLimitFiles;
        public ulong OpenFilesLimit;
        public ulong StackLimitBytes;
        public uint OuterUserId;
        public uint OuterGroupId;
        public uint HasTerminal;
        public uint IsCopy;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    private struct ReleaseSettings
    {
        public ulong WallTimeLimitNs;
        public ulong CpuTimeLimitSeconds;
        public ulong ProcessLimit;
        public ulong OpenFilesLimit;
        public ulong FileSizeLimitBytes;
        public ulong StackLimitBytes;
        public ulong WorkspaceLimitBytes;
        public ulong WorkspaceLimitFiles;
        public ulong CollectLimitBytes;
        public ulong CollectLimitFiles;
        public ulong DataLimitBytes;
        public uint TerminalColumns;
        public uint TerminalRows;
    }

    /// <summary>What the launcher reports of a program's end.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public record struct ExitReport
    {
        public uint ExitedByItself;
        public uint Status;
        public uint WallTimeLimitReached;
        public uint MemoryLimitReached;
        public uint FilesLeftOut;
        public uint Reserved;
        public ulong WallTimeNs;
        public ulong UserTimeUs;
        public ulong SystemTimeUs;
        public ulong MemoryPeakBytes;
        public ulong WorkspaceUsedBytes;
        public ulong WorkspaceUsedFiles;
    }

    /// <summary>Writes what is to be made ahead of any order, as the launcher reads it.</summary>
    public static void PutPreparation(ArrayBufferWriter<byte> writer, Mould mould, uint outerUserId, ICgroup cgroup)
    {
        var settings = new PreparationSettings
        {
            WorkspaceLimitBytes = (ulong)mould.Limits.WorkspaceBytes,
            WorkspaceLimitFiles = (ulong)mould.Limits.WorkspaceFiles,
            OpenFilesLimit = (ulong)mould.Limits.OpenFiles,
            StackLimitBytes = StackLimitBytes(mould.Limits, cgroup),
            OuterUserId = outerUserId,
            OuterGroupId = outerUserId,
            HasTerminal = mould.HasTerminal ? 1u : 0u,
            IsCopy = mould.Host is { Forks: true } ? 1u : 0u,
        };
        var start = PutHeader(writer, PreparationMagic);
        PutField(writer, OrderTag.Settings, MemoryMarshal.AsBytes(new ReadOnlySpan<PreparationSettings>(in settings)));
        if (mould.Host is { Forks: false } host)
            PutCommand(writer, host.Command, host.Environment);
        foreach (var directory in cgroup.Directories)
            PutText(writer, OrderTag.Cgroup, directory);
        foreach (var directory in cgroup.ProgramDirectories)
            PutText(writer, OrderTag.ProgramCgroup, directory);
        if (mould.Root is { } root)
            PutText(writer, OrderTag.Root, root);
        PutLength(writer, start);
    }

    /// <summary>Writes what a prepared stage is to run, as the launcher reads it.</summary>
    public static void PutRelease(ArrayBufferWriter<byte> writer, SandboxOrder order, ICgroup cgroup)
    {
        var limits = order.Limits;
        var hasGroups = cgroup.Directories.Count > 0;
        var settings = new ReleaseSettings
        {
            WallTimeLimitNs = (ulong)(limits.WallTime?.TotalNanoseconds ?? 0),
            // A group counts all processes to the millisecond; this then only ends a process that outlives our watch.
            CpuTimeLimitSeconds = (ulong)Math.Ceiling(limits.CpuTime.TotalSeconds) + (hasGroups ? 1u : 0u),
            ProcessLimit = (ulong)limits.Processes + 1,
            OpenFilesLimit = (ulong)limits.OpenFiles,
            FileSizeLimitBytes = (ulong)limits.FileSizeBytes,
            StackLimitBytes = StackLimitBytes(limits, cgroup),
            WorkspaceLimitBytes = (ulong)limits.WorkspaceBytes,
            WorkspaceLimitFiles = (ulong)limits.WorkspaceFiles,
            CollectLimitBytes = (ulong)(order.CollectLimitBytes ?? limits.WorkspaceBytes),
            CollectLimitFiles = (ulong)limits.WorkspaceFiles,
            DataLimitBytes = hasGroups ? 0 : (ulong)limits.MemoryBytes,
            TerminalColumns = (uint)(order.Terminal?.Columns ?? 0),
            TerminalRows = (uint)(order.Terminal?.Rows ?? 0),
        };
        var start = PutHeader(writer, ReleaseMagic);
        PutField(writer, OrderTag.Settings, MemoryMarshal.AsBytes(new ReadOnlySpan<ReleaseSettings>(in settings)));
        PutCommand(writer, order.Command, order.Environment);
        foreach (var file in order.Files)
            PutFile(writer, file);
        foreach (var glob in order.Collect)
            PutText(writer, OrderTag.Collect, glob);
        PutLength(writer, start);
    }

    public static void WriteInputHeader(Span<byte> header, InputFrame type, int length)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)type);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)length);
    }

    public static (OutputFrame Type, int Length) ReadOutputHeader(ReadOnlySpan<byte> header)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        if (length > MaxFrameBytes)
            throw new SandboxUnavailableException($"The launcher sent a frame of {length} bytes.");
        return ((OutputFrame)BinaryPrimitives.ReadUInt32LittleEndian(header), (int)length);
    }

    public static ExitReport ReadExit(ReadOnlySpan<byte> frame) => MemoryMarshal.Read<ExitReport>(frame);

    public static WorkspaceFile ReadFile(byte[] frame)
    {
        var mode = BinaryPrimitives.ReadUInt32LittleEndian(frame);
        var pathLength = (int)BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(4));
        var path = _strictUtf8.GetString(frame.AsSpan(8, pathLength));
        // The launcher leaves such files out; what it sends is checked again, for it comes from where strangers' programs ran.
        if (WorkspacePath.FindViolation(path) is not null || path.Any(char.IsControl))
            throw new SandboxUnavailableException("The launcher sent a file of an unsound name.");
        const uint OwnerMayExecute = 0b001_000_000;
        return new WorkspaceFile(path, frame.AsMemory(8 + pathLength), (mode & OwnerMayExecute) != 0);
    }

    /// <summary>Every thread's stack has this size by default, and without groups all of them count towards the data limit.</summary>
    private static ulong StackLimitBytes(SandboxLimits limits, ICgroup cgroup) =>
        (ulong)(cgroup.Directories.Count > 0 ? limits.StackBytes : Math.Min(limits.StackBytes, StackBytesWithoutGroups));

    private static void PutCommand(ArrayBufferWriter<byte> writer, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment)
    {
        foreach (var argument in command)
            PutText(writer, OrderTag.Argument, argument);
        foreach (var (name, value) in environment)
            PutText(writer, OrderTag.Environment, $"{name}={value}");
    }

    private static int PutHeader(ArrayBufferWriter<byte> writer, uint magic)
    {
        PutNumber(writer, magic);
        PutNumber(writer, 0);
        return writer.WrittenCount;
    }

    /// <summary>Into the header, now that it is known.</summary>
    private static void PutLength(ArrayBufferWriter<byte> writer, int start) =>
        BinaryPrimitives.WriteUInt32LittleEndian(MemoryMarshal.AsMemory(writer.WrittenMemory).Span[(start - 4)..], (uint)(writer.WrittenCount - start));

    private static void PutFile(ArrayBufferWriter<byte> writer, WorkspaceFile file)
    {
        var path = Encoding.UTF8.GetBytes(file.Path);
        PutNumber(writer, (uint)OrderTag.File);
        PutNumber(writer, (uint)(8 + path.Length + file.Content.Length));
        PutNumber(writer, file.IsExecutable ? 0b111_101_101u : 0b110_100_100u);
        PutNumber(writer, (uint)path.Length);
        writer.Write(path);
        writer.Write(file.Content.Span);
    }

    private static void PutText(ArrayBufferWriter<byte> writer, OrderTag tag, string value) => PutField(writer, tag, Encoding.UTF8.GetBytes(value));

    private static void PutField(ArrayBufferWriter<byte> writer, OrderTag tag, ReadOnlySpan<byte> value)
    {
        PutNumber(writer, (uint)tag);
        PutNumber(writer, (uint)value.Length);
        writer.Write(value);
    }

    private static void PutNumber(ArrayBufferWriter<byte> writer, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(writer.GetSpan(4), value);
        writer.Advance(4);
    }
}
