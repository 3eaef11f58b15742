using OnlineCompiler.Cli.Terminals;
using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Running;

/// <summary>Carries standard input to the program, byte for byte, until it ends.</summary>
internal sealed class InputPump(InteractiveExecution program, Departure departure, bool isTerminal)
{
    private const int ReadBytes = 32 * 1024;

    // A thread of its own, which the process does not wait for: a read cannot be cancelled.
    public void Start() => new Thread(Pump) { IsBackground = true, Name = "standard input" }.Start();

    private void Pump()
    {
        var buffer = new byte[ReadBytes];
        try
        {
            while (StandardStreams.Read(buffer) is > 0 and var count)
            {
                if (isTerminal)
                    departure.Watch(buffer.AsSpan(0, count));
                program.SendInputAsync(buffer.AsMemory(0, count), departure.Token).GetAwaiter().GetResult();
            }

            program.EndInputAsync(departure.Token).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The program has ended, or the connection; whoever reads from it says why.
        }
    }
}
