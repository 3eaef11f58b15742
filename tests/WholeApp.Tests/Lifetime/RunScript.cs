using System.Diagnostics;
using System.Text;
using OnlineCompiler.WholeApp.Tests.Machine;

namespace OnlineCompiler.WholeApp.Tests.Lifetime;

/// <summary>A started <c>./run.sh</c> and what it has said.</summary>
internal sealed class RunScript : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    /// <param name="temporaryFolder">Where everything it starts makes its temporary files.</param>
    /// <param name="arguments">Its arguments.</param>
    public RunScript(string temporaryFolder, params string[] arguments)
        : this(new ProcessStartInfo(Path.Combine(Checkout.Root, "run.sh"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TMPDIR"] = temporaryFolder },
        })
    {
    }

    private RunScript(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Remember;
        _process.ErrorDataReceived += Remember;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>In a checkout that has nothing but the scripts and the packs, with programs of one's own before those of the machine.</summary>
    public static RunScript InBareCheckout(string folder, string programs, params string[] arguments)
    {
        foreach (var name in (string[])["run.sh", "scripts", "ExecutionService"])
            File.CreateSymbolicLink(Path.Combine(folder, name), Path.Combine(Checkout.Root, name));
        var start = new ProcessStartInfo(Path.Combine(folder, "run.sh"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{programs}:{start.Environment["PATH"]}";
        return new RunScript(start);
    }

    public int ProcessId => _process.Id;

    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    public Task WaitUntilItSaysAsync(string text, TimeSpan limit) =>
        Eventually.TrueAsync($"run.sh says \"{text}\"", limit, () =>
        {
            Assert.False(_process.HasExited && !Said.Contains(text, StringComparison.Ordinal), Said);
            return Said.Contains(text, StringComparison.Ordinal);
        });

    /// <summary>Waits until it has ended and gives its exit status.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan limit)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        cancellation.CancelAfter(limit);
        await _process.WaitForExitAsync(cancellation.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        // Only when a test has failed on the way: then it stops in order, whatever it is doing.
        if (!_process.HasExited)
        {
            Signals.Send(_process.Id, Signals.Terminate);
            _process.WaitForExit(TimeSpan.FromSeconds(40));
        }

        _process.Dispose();
    }

    private void Remember(object sender, DataReceivedEventArgs line)
    {
        // Null is the end of one of the two streams.
        if (line.Data is null)
            return;

        lock (_said)
            _said.AppendLine(line.Data);
    }
}
