using System.Threading.Channels;
using OnlineCompiler.ExecutionService.Sandbox;

namespace OnlineCompiler.ExecutionService.Executions;

/// <summary>What a user does while a program runs.</summary>
internal abstract record InputEvent;

internal sealed record TypedInput(ReadOnlyMemory<byte> Data) : InputEvent;

internal sealed record EndOfInput : InputEvent;

internal sealed record SignalInput(int Signal) : InputEvent;

internal sealed record ResizeInput(TerminalDimensions Size) : InputEvent;

/// <summary>
/// Carries a user's input to the program. What is typed while the program is still being compiled waits for it, except
/// an interruption, which stops the compiler.
/// </summary>
internal sealed class InteractiveInput
{
    private const byte CtrlC = 3;
    private const int InterruptSignal = 2;

    private readonly Channel<InputEvent> _events = Channel.CreateBounded<InputEvent>(new BoundedChannelOptions(64) { SingleReader = true });
    private ISandboxRun? _compiler;

    /// <summary>Takes the next input; waits while much is queued.</summary>
    public async ValueTask AddAsync(InputEvent input, CancellationToken cancellationToken)
    {
        if (IsInterruption(input) && Volatile.Read(ref _compiler) is { } compiler)
        {
            compiler.Kill(SandboxOutcome.Cancelled, "Compiling was interrupted.");
            return;
        }
        await _events.Writer.WriteAsync(input, cancellationToken);
    }

    /// <summary>While <paramref name="run"/> is set, an interruption stops it; null when compiling is over.</summary>
    public void SetCompiler(ISandboxRun? run) => Volatile.Write(ref _compiler, run);

    /// <summary>Hands input over until cancelled.</summary>
    public async Task PumpAsync(ISandboxRun run, InteractiveClock clock, CancellationToken cancellationToken)
    {
        await foreach (var input in _events.Reader.ReadAllAsync(cancellationToken))
        {
            clock.CountInput();
            await (input switch
            {
                TypedInput typed => run.WriteInputAsync(typed.Data, cancellationToken),
                EndOfInput => run.EndInputAsync(cancellationToken),
                SignalInput signal => run.SignalAsync(signal.Signal, cancellationToken),
                ResizeInput resize => run.ResizeAsync(resize.Size, cancellationToken),
                _ => throw new InvalidOperationException($"{input.GetType().Name} is no input."),
            });
        }
    }

    private static bool IsInterruption(InputEvent input) => input switch
    {
        TypedInput typed => typed.Data.Span.Contains(CtrlC),
        SignalInput signal => signal.Signal is InterruptSignal or 3 or 9 or 15,
        _ => false,
    };
}
