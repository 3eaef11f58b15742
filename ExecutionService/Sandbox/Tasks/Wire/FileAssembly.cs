using Google.Protobuf;
using OnlineCompiler.ServiceDefaults;
using OnlineCompiler.Worker.V1;

namespace OnlineCompiler.ExecutionService.Sandbox.Tasks.Wire;

/// <summary>Cuts files into pieces, and puts them together again at the other end.</summary>
/// <param name="maxBytes">Of all files together.</param>
/// <param name="maxFiles">Further ones are a violation.</param>
internal sealed class FileAssembly(long maxBytes, int maxFiles)
{
    private long _roomBytes = maxBytes;
    private int _roomFiles = maxFiles;
    private FileHead? _head;
    private byte[] _content = [];
    private int _arrived;

    /// <summary>Neither between pieces of a file.</summary>
    public bool IsBetweenFiles => _head is null;

    public static IEnumerable<FilePiece> Cut(WorkspaceFile file)
    {
        var head = new FileHead { Path = file.Path, Executable = file.IsExecutable, ContentBytes = (ulong)file.Content.Length };
        var rest = file.Content;
        do
        {
            var data = rest[..Math.Min(rest.Length, WorkerProtocol.MaxPieceBytes)];
            rest = rest[data.Length..];
            yield return new FilePiece { Head = head, Data = UnsafeByteOperations.UnsafeWrap(data) };
            head = null;
        }
        while (rest.Length > 0);
    }

    /// <summary>The file, when this was its last piece.</summary>
    /// <exception cref="InvalidDataException">The piece breaks the protocol or goes beyond what was allowed.</exception>
    public WorkspaceFile? Add(FilePiece piece)
    {
        if (_head is null)
            Begin(piece.Head ?? throw new InvalidDataException("A file came without its head."));
        else if (piece.Head is not null)
            throw new InvalidDataException("A file began before the one before it was whole.");

        if (piece.Data.Length > _content.Length - _arrived)
            throw new InvalidDataException("A file is longer than its head said.");
        piece.Data.Span.CopyTo(_content.AsSpan(_arrived));
        _arrived += piece.Data.Length;
        if (_arrived < _content.Length)
        {
            return piece.Data.Length > 0 ? null : throw new InvalidDataException("A piece of a file was empty.");
        }

        var file = new WorkspaceFile(_head!.Path, _content, _head.Executable);
        (_head, _content, _arrived) = (null, [], 0);
        return file;
    }

    private void Begin(FileHead head)
    {
        if (WorkspacePath.FindViolation(head.Path) is { } violation)
            throw new InvalidDataException($"A file's path {violation}.");
        if (head.ContentBytes > (ulong)_roomBytes)
            throw new InvalidDataException("The files are larger than allowed.");
        if (_roomFiles-- == 0)
            throw new InvalidDataException("There are more files than allowed.");
        _roomBytes -= (long)head.ContentBytes;
        _head = head;
        _content = GC.AllocateUninitializedArray<byte>((int)head.ContentBytes);
    }
}
