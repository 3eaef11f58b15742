using System.Diagnostics;

namespace OnlineCompiler.AppHost.Standalone.Processes;

/// <summary>
/// A running child, the leader of a process group of its own: Ctrl-C at our terminal does not reach it, so that we stop
/// things in order, and whatever it leaves behind can be ended with it. Should we die first, the kernel terminates it.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly Task _output;

    private ChildProcess(Process process, Action<string, bool> writeLine)
    {
        _process = process;
        Id = process.Id;
        _output = Task.WhenAll(
            PumpAsync(process.StandardOutput, line => writeLine(line, false)),
            PumpAsync(process.StandardError, line => writeLine(line, true)));
        Exited = WaitAsync();
    }

    public int Id { get; }

    /// <summary>Its exit code, once its group is gone and what it said was read.</summary>
    public Task<int> Exited { get; }

    /// <summary>Starts it; call on the <see cref="ForkingThread"/>.</summary>
    public static ChildProcess Start(ProcessPlan plan, Action<string, bool> writeLine)
    {
        // Signals that we were told to ignore (a shell does that to what it starts with &) are not to be ignored by
        // services, still less by the programs that they run.
        string[] wrapped = ["env", "--default-signal=INT,QUIT,TERM,HUP,PIPE", "setpriv", "--pdeathsig", "TERM", "--", plan.FileName, .. plan.Arguments];
        var start = new ProcessStartInfo("setsid", wrapped)
        {
            WorkingDirectory = plan.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in plan.Environment)
            start.Environment[name] = value;

        var process = Process.Start(start)!;
        var child = new ChildProcess(process, writeLine);
        try
        {
            process.StandardInput.Write(plan.StandardInput);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read; its exit code says more.
        }

        return child;
    }

    /// <summary>Asks it to end, and kills it, with all of its group, after <paramref name="grace"/>.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        if (!Exited.IsCompleted)
            Signals.Terminate(Id);
        try
        {
            await Exited.WaitAsync(grace);
        }
        catch (TimeoutException)
        {
            Signals.KillGroup(Id);
            await Exited;
        }
    }

    public void Dispose() => _process.Dispose();

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync();
        Signals.KillGroup(Id);
        // Something may have left the group and hold the pipe open; its words are not waited for.
        await Task.WhenAny(_output, Task.Delay(LastWords));
        return _process.ExitCode;
    }

    private static async Task PumpAsync(StreamReader reader, Action<string> writeLine)
    {
        while (await reader.ReadLineAsync() is { } line)
            writeLine(line);
    }
}
