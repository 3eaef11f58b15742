using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace OnlineCompiler.Tests.RunningCli;

/// <summary>A started oc, alone, in a shell's pipeline or in a terminal, and what it has printed so far.</summary>
internal sealed class OcProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private static readonly string Executable = Path.Combine(AppContext.BaseDirectory, "oc");

    private readonly Process _process;
    private readonly Collector _output;
    private readonly Collector _error;

    private OcProcess(ProcessStartInfo start, Uri server, string folder)
    {
        start.WorkingDirectory = folder;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["OC_SERVER"] = server.ToString();
        start.Environment["OC"] = Executable;
        start.Environment["TERM"] = "xterm";
        _process = Process.Start(start)!;
        _output = new Collector(_process.StandardOutput.BaseStream);
        _error = new Collector(_process.StandardError.BaseStream);
    }

    public string Output => _output.Text;

    public static OcProcess Start(Uri server, string folder, params string[] arguments) =>
        new(new ProcessStartInfo(Executable, arguments), server, folder);

    /// <summary>A line of a shell, in which $OC is oc.</summary>
    public static OcProcess StartShell(Uri server, string folder, string line) =>
        new(new ProcessStartInfo("bash", ["-c", line]), server, folder);

    /// <summary>The same in a terminal of 100 columns and 30 rows; what is typed is typed there.</summary>
    public static OcProcess StartTerminal(Uri server, string folder, string line) =>
        new(new ProcessStartInfo("script", ["-qec", $"stty columns 100 rows 30; {line}", "/dev/null"]) { Environment = { ["SHELL"] = "/bin/bash" } }, server, folder);

    public void Type(string text) => Type(Encoding.UTF8.GetBytes(text));

    public void Type(byte[] data)
    {
        _process.StandardInput.BaseStream.Write(data);
        _process.StandardInput.BaseStream.Flush();
    }

    public void EndInput() => _process.StandardInput.Close();

    /// <summary>Sends a signal by its name, such as INT.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("bash", ["-c", "kill -s $0 $1", name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Waits until it has printed this.</summary>
    public async Task ExpectOutputAsync(string text)
    {
        var watch = Stopwatch.StartNew();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(!_process.HasExited && watch.Elapsed < Patience, $"It has not printed \"{text}\" but \"{Output}\" and \"{_error.Text}\".");
            await Task.Delay(Interval, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits for its end.</summary>
    public async Task<OcResult> WaitAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            await Task.WhenAll(_output.End, _error.End).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"It has not ended within {Patience.TotalSeconds} s, and printed \"{Output}\" and \"{_error.Text}\".");
        }

        return new OcResult(_process.ExitCode, _output.Bytes, _error.Text);
    }

    public void Dispose()
    {
        // Only when a test has failed on the way.
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    /// <summary>Reads a stream to its end in the background.</summary>
    private sealed class Collector
    {
        private readonly ArrayBufferWriter<byte> _bytes = new();

        public Collector(Stream stream) => End = ReadAsync(stream);

        public Task End { get; }

        public byte[] Bytes
        {
            get
            {
                lock (_bytes)
                    return _bytes.WrittenSpan.ToArray();
            }
        }

        public string Text => Encoding.UTF8.GetString(Bytes);

        private async Task ReadAsync(Stream stream)
        {
            var buffer = new byte[16 * 1024];
            while (await stream.ReadAsync(buffer) is > 0 and var count)
            {
                lock (_bytes)
                    _bytes.Write(buffer.AsSpan(0, count));
            }
        }
    }
}

/// <summary>How oc, or the shell around it, ended.</summary>
internal sealed record OcResult(int Status, byte[] Bytes, string Error)
{
    public string Output => Encoding.UTF8.GetString(Bytes);
}
