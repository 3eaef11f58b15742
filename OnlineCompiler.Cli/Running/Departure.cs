using System.Runtime.InteropServices;
using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Running;

/// <summary>
/// What signals to oc mean. The first Ctrl-C is the program's, and so is Ctrl-\; a second Ctrl-C in a row, a Ctrl-C before there is
/// a program, SIGTERM and SIGHUP end oc, and the program with it.
/// </summary>
internal sealed class Departure : IDisposable
{
    private const byte CtrlC = 3;

    private readonly CancellationTokenSource _leaving = new();
    private readonly PosixSignalRegistration[] _registrations;
    private InteractiveExecution? _program;
    private int _interruptions;

    public Departure() => _registrations =
    [
        Handle(PosixSignal.SIGINT, Interrupt),
        Handle(PosixSignal.SIGQUIT, () => Send(ProgramSignal.Quit)),
        Handle(PosixSignal.SIGTERM, () => Leave(ExitStatus.Terminated)),
        Handle(PosixSignal.SIGHUP, () => Leave(ExitStatus.HungUp)),
    ];

    /// <summary>Cancelled when oc shall end before the program.</summary>
    public CancellationToken Token => _leaving.Token;

    /// <summary>What to exit with then; null before.</summary>
    public int? Status { get; private set; }

    /// <summary>Whether the program was interrupted.</summary>
    public bool HasInterrupted => Volatile.Read(ref _interruptions) > 0;

    /// <summary>From now on signals are the program's.</summary>
    public void Attach(InteractiveExecution program) => Volatile.Write(ref _program, program);

    /// <summary>From now on they end oc.</summary>
    public void Detach() => Volatile.Write(ref _program, null);

    /// <summary>Sees what is typed into a program's terminal, which turns Ctrl-C into a signal itself.</summary>
    public void Watch(ReadOnlySpan<byte> typed)
    {
        foreach (var character in typed)
        {
            if (character != CtrlC)
                Volatile.Write(ref _interruptions, 0);
            else if (Interlocked.Increment(ref _interruptions) > 1)
                Leave(ExitStatus.Interrupted);
        }
    }

    // The source of the token stays: a signal may be on its way, and the thread that reads the input has no end.
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private static PosixSignalRegistration Handle(PosixSignal signal, Action handle) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        handle();
    });

    private void Interrupt()
    {
        if (Interlocked.Increment(ref _interruptions) > 1 || Volatile.Read(ref _program) is null)
            Leave(ExitStatus.Interrupted);
        else
            Send(ProgramSignal.Interrupt);
    }

    private void Leave(int status)
    {
        Status ??= status;
        _leaving.Cancel();
    }

    private async void Send(ProgramSignal signal)
    {
        try
        {
            if (Volatile.Read(ref _program) is { } program)
                await program.SendSignalAsync(signal, _leaving.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection has ended; whoever reads from it says why.
        }
    }
}
