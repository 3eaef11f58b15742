using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace OnlineCompiler.Hostile.Tests.Witness;

/// <summary>
/// Things of the host that a program which gets out could harm or reach, left open to every user on purpose: only the
/// sandbox's walls protect them, not the host's permissions. Programs are told where they are.
/// </summary>
internal sealed class Canaries : IDisposable
{
    private const UnixFileMode OpenToAll = (UnixFileMode)0b111_111_111;
    private const string Content = "The canary sings.\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("canary-").FullName;
    private readonly Process _process = Process.Start(new ProcessStartInfo("sleep", "1200"))!;
    private readonly TcpListener _tcp = new(IPAddress.Any, 0);
    private readonly UdpClient _udp = new(new IPEndPoint(IPAddress.Any, 0));
    private readonly Socket _unix = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public Canaries()
    {
        File.SetUnixFileMode(_folder, OpenToAll);
        FilePath = Path.Combine(_folder, "canary.txt");
        Reset();
        File.SetUnixFileMode(FilePath, OpenToAll);
        AbstractName = "canary-" + Path.GetFileName(_folder);
        _unix.Bind(new UnixDomainSocketEndPoint('\0' + AbstractName));
        _unix.Listen();
        _tcp.Start();
    }

    /// <summary>A file that everybody may read, write and remove.</summary>
    public string FilePath { get; }

    /// <summary>A process that dies or stops of almost any signal.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Listens on every address of the host, loopback included.</summary>
    public int TcpPort => ((IPEndPoint)_tcp.LocalEndpoint).Port;

    public int UdpPort => ((IPEndPoint)_udp.Client.LocalEndPoint!).Port;

    /// <summary>A listening Unix socket's name, without the leading NUL that makes it abstract.</summary>
    public string AbstractName { get; }

    /// <summary>What can be seen of them; the same as long as nobody has touched them.</summary>
    public IEnumerable<(string Name, string Value)> Look()
    {
        yield return ("canary folder", string.Join(' ', Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName)));
        yield return ("canary file", File.Exists(FilePath)
            ? $"{File.ReadAllText(FilePath)} {File.GetUnixFileMode(FilePath)} {File.GetLastWriteTimeUtc(FilePath):O}"
            : "gone");
        yield return ("canary process", ReadState());
        yield return ("canary listeners", $"tcp {(_tcp.Pending() ? "reached" : "quiet")}, udp {_udp.Available} bytes, "
            + $"unix {(_unix.Poll(0, SelectMode.SelectRead) ? "reached" : "quiet")}");
    }

    /// <summary>Puts the file back as it was.</summary>
    public void Reset() => File.WriteAllText(FilePath, Content);

    /// <summary>Forgets who has called.</summary>
    public void HangUp() => _tcp.AcceptTcpClient().Dispose();

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
        _tcp.Stop();
        _udp.Dispose();
        _unix.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Its state (S: it sleeps), priority and pending signals.</summary>
    private string ReadState()
    {
        if (_process.HasExited)
            return $"ended with {_process.ExitCode}";
        var status = File.ReadLines($"/proc/{_process.Id}/status").Where(line => line.StartsWith("State", StringComparison.Ordinal) || line.Contains("Pnd:", StringComparison.Ordinal));
        return $"{string.Join(' ', status)} oom {File.ReadAllText($"/proc/{_process.Id}/oom_score_adj").Trim()}";
    }
}
