using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Hostile.Tests.Witness;

/// <summary>The witness must see what it looks for, or every other test here would pass for nothing.</summary>
public sealed class WitnessTests(WatchedHost host)
{
    [Fact]
    public void A_changed_canary_file_is_noticed() =>
        ExpectNoticed(
            "canary file",
            () => File.AppendAllText(host.Canaries.FilePath, "eaten"),
            host.Canaries.Reset);

    [Fact]
    public void A_file_beside_the_canary_is_noticed()
    {
        var path = host.Canaries.FilePath + ".cat";
        ExpectNoticed("canary folder", () => File.WriteAllText(path, ""), () => File.Delete(path));
    }

    [Fact]
    public void A_stopped_canary_process_is_noticed() =>
        ExpectNoticed("canary process", () => Run($"kill -STOP {host.Canaries.ProcessId}"), () => Run($"kill -CONT {host.Canaries.ProcessId}"));

    [Fact]
    public void A_connection_to_the_canary_is_noticed()
    {
        using var caller = new TcpClient();
        ExpectNoticed("canary listeners", () => caller.Connect(IPAddress.Loopback, host.Canaries.TcpPort), host.Canaries.HangUp);
    }

    [Fact]
    public void A_process_of_a_sandboxs_user_is_noticed()
    {
        using var process = Process.Start("setpriv", ["--reuid", $"{host.Users.First}", "--regid", "65534", "--clear-groups", "sleep", "60"]);
        try
        {
            // It becomes that user a moment after it starts.
            Assert.True(SpinWait.SpinUntil(() => ProcessTree.OfUsers(host.Users).Any(), TimeSpan.FromSeconds(10)));
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    [Fact]
    public void A_file_of_a_sandboxs_user_is_noticed()
    {
        var path = Path.Combine(Path.GetTempPath(), $"witness-{Environment.ProcessId}");
        ExpectNoticed("files of sandbox users", () => Run($"touch {path}; chown {host.Users.First} {path}"), () => File.Delete(path));
    }

    [Fact]
    public void A_control_group_that_stays_is_noticed()
    {
        var group = Path.Combine(host.Sandbox.CgroupDirectories[0], "planted");
        ExpectNoticed("control groups", () => Directory.CreateDirectory(group), () => Run($"rmdir {group}"));
    }

    [Fact]
    public void A_file_in_the_state_directory_is_noticed()
    {
        var path = Path.Combine(host.StateDirectory, "planted");
        ExpectNoticed("state directory", () => File.WriteAllText(path, "x"), () => File.Delete(path));
    }

    [Fact]
    public void A_planted_file_is_noticed()
    {
        var path = Path.Combine("/var/tmp", $"planted-{Environment.ProcessId}");
        ExpectNoticed("planted files", () => File.WriteAllText(path, "x"), () => File.Delete(path));
    }

    [Fact]
    public void A_descriptor_that_stays_open_is_noticed()
    {
        // The first socket of all makes the runtime open more.
        new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp).Dispose();
        var before = host.Witness.Look();
        using var leaked = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        Assert.Contains(before.DifferencesIn(host.Witness.Look()), difference => difference.StartsWith("our descriptors, socket", StringComparison.Ordinal));
    }

    [Fact]
    public void A_shared_memory_segment_of_a_sandboxs_user_is_noticed() =>
        ExpectNoticed(
            "SysV objects",
            () => Run($"setpriv --reuid {host.Users.First} --regid 65534 --clear-groups ipcmk -M 4096 > /dev/null"),
            () => Run($"ipcs -m | awk '$3 == {host.Users.First} {{ print $2 }}' | xargs -r -n 1 ipcrm -m"));

    [Fact]
    public void A_key_of_a_sandboxs_user_is_noticed()
    {
        var before = host.Witness.Look();
        // keyctl(2), 250; 1 joins a new session keyring, which ends with its process.
        using var holder = Process.Start("setpriv", ["--reuid", $"{host.Users.First}", "--regid", "65534", "--clear-groups",
            "/usr/bin/python3", "-c", "import ctypes, time\nctypes.CDLL(None).syscall(250, 1, None)\ntime.sleep(60)"]);
        try
        {
            Assert.True(SpinWait.SpinUntil(() => IsNoticed(before, "keys"), TimeSpan.FromSeconds(10)));
        }
        finally
        {
            holder.Kill();
            holder.WaitForExit();
        }
    }

    /// <summary>Else everything here would be tried on cold starts alone, which few programs meet.</summary>
    [Theory]
    [InlineData("bash", "main.sh", "echo x", "bare")]
    [InlineData("c", "main.c", "int main(void) { return 0; }", "bare")]
    [InlineData("python", "main.py", "print('x')", "python run")]
    [InlineData("javascript", "main.js", "console.log('x')", "javascript run")]
    [InlineData("java", "Main.java", "public class Main { public static void main(String[] a) {} }", "java compile", "java run")]
    public async Task What_is_watched_got_what_was_made_ahead(string language, string path, string program, params string[] moulds)
    {
        var answer = await host.RunAsync(Requests.Program(language, program, path: path));

        Assert.Equal(Outcome.Succeeded, answer.Outcome);
        Assert.Equal(host.IsPreparing ? moulds : [], host.LastTaken);
    }

    private bool IsNoticed(HostSnapshot before, string fact) => before.DifferencesIn(host.Witness.Look()).Exists(difference => difference.StartsWith(fact, StringComparison.Ordinal));

    private void ExpectNoticed(string fact, Action harm, Action undo)
    {
        var before = host.Witness.Look();
        try
        {
            harm();
            Assert.Contains(before.DifferencesIn(host.Witness.Look()), difference => difference.StartsWith(fact, StringComparison.Ordinal));
        }
        finally
        {
            undo();
        }
    }

    private static void Run(string command)
    {
        using var process = Process.Start("bash", ["-c", command]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
