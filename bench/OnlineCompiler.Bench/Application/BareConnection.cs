using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OnlineCompiler.Bench.Application;

/// <summary>
/// A caller that costs next to nothing, as the bare side's is a small C program: one HTTP/1.1 connection, written and read by the
/// calling thread. It knows the two ways in which an answer's end is told (RFC 9112, section 6), and no more of HTTP.
/// </summary>
internal sealed class BareConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly string _host;
    private byte[] _room = new byte[64 * 1024];

    public BareConnection(Uri address)
    {
        _host = address.Authority;
        _socket.Connect(IPAddress.Loopback, address.Port);
    }

    /// <summary>Posts JSON and gives the answer's body.</summary>
    /// <param name="path">Such as <c>/api/v1/executions</c>.</param>
    /// <param name="body">JSON.</param>
    /// <param name="took">From the request's first byte to the answer's last.</param>
    public (int Status, string Body) Post(string path, ReadOnlySpan<byte> body, out TimeSpan took)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"POST {path} HTTP/1.1\r\nHost: {_host}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"));
        byte[] request = [.. head, .. body];
        var from = Stopwatch.GetTimestamp();
        _socket.Send(request);
        var length = 0;
        do
        {
            if (length == _room.Length)
                Array.Resize(ref _room, 2 * length);
            var got = _socket.Receive(_room.AsSpan(length));
            if (got == 0)
                throw new InvalidOperationException("The Gateway closed the connection.");
            length += got;
        }
        while (!IsWhole(_room.AsSpan(0, length)));
        took = Stopwatch.GetElapsedTime(from);
        return Read(_room.AsSpan(0, length));
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        return ContentLength(answer[..head]) is { } length ? answer.Length == head + 4 + length : answer.EndsWith("\r\n0\r\n\r\n"u8);
    }

    private static int? ContentLength(ReadOnlySpan<byte> head)
    {
        var field = "\r\nContent-Length: "u8;
        var at = head.IndexOf(field);
        if (at < 0)
            return null;
        var rest = head[(at + field.Length)..];
        var end = rest.IndexOf((byte)'\r');
        return int.Parse(end < 0 ? rest : rest[..end], CultureInfo.InvariantCulture);
    }

    private static (int Status, string Body) Read(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        var status = int.Parse(answer["HTTP/1.1 ".Length..][..3], CultureInfo.InvariantCulture);
        var rest = answer[(head + 4)..];
        if (ContentLength(answer[..head]) is not null)
            return (status, Encoding.UTF8.GetString(rest));
        using var body = new MemoryStream();
        while (true)
        {
            var line = rest.IndexOf("\r\n"u8);
            var size = int.Parse(rest[..line], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
                return (status, Encoding.UTF8.GetString(body.ToArray()));
            body.Write(rest.Slice(line + 2, size));
            rest = rest[(line + 2 + size + 2)..];
        }
    }
}
