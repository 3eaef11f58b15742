using System.Diagnostics;

namespace OnlineCompiler.AppHost.Standalone.Processes;

/// <summary>
/// Should we be killed, the kernel terminates our children. What they leave in their groups is killed by this, and so,
/// some seconds later, are those that do not heed: a shell that waits for the pipe to us to break, and knows which
/// groups there were.
/// </summary>
internal sealed class OrphanGuard : IDisposable
{
    private const string Script = """
        trap '' HUP INT TERM
        exec >/dev/null 2>&1
        while read -r line; do groups=$line; done
        tenths=0
        while [ -n "$groups" ]; do
          alive=
          for group in $groups; do
            kill -s 0 "$group" && [ "$tenths" -lt 80 ] || kill -s KILL -- "-$group"
            kill -s 0 -- "-$group" && alive="$alive $group"
          done
          groups=$alive
          tenths=$((tenths + 1))
          sleep 0.1
        done
        """;

    private static readonly TimeSpan EndOfShell = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly HashSet<int> _groups = [];
    private readonly Process _shell = Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", Script]) { RedirectStandardInput = true })!;
    private bool _disposed;

    public void Add(int group) => Change(() => _groups.Add(group));

    public void Remove(int group) => Change(() => _groups.Remove(group));

    public void Dispose()
    {
        lock (_gate)
        {
            Change(_groups.Clear);
            _disposed = true;
        }

        CloseInput();
        _shell.WaitForExit(EndOfShell);
        _shell.Dispose();
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            if (_disposed)
                return;

            change();
            try
            {
                _shell.StandardInput.WriteLine(string.Join(' ', _groups));
                _shell.StandardInput.Flush();
            }
            catch (IOException)
            {
                // Someone ended the shell. The kernel's signal remains.
            }
        }
    }

    private void CloseInput()
    {
        try
        {
            _shell.StandardInput.Close();
        }
        catch (IOException)
        {
            // As above.
        }
    }
}
