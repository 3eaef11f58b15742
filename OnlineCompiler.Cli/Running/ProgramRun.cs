using OnlineCompiler.Cli.Programs;
using OnlineCompiler.Cli.Terminals;
using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Running;

/// <summary>Runs one program, with the streams and signals of this process as its own.</summary>
/// <param name="client">Where it runs.</param>
/// <param name="output">Folder for the files it is asked to leave.</param>
/// <param name="departure">When not to wait for its end.</param>
internal sealed class ProgramRun(OnlineCompilerClient client, DirectoryInfo output, Departure departure)
{
    private readonly ArtifactFolder _artifacts = new(output);
    private readonly Lock _resizing = new();

    /// <returns>The exit status.</returns>
    /// <exception cref="OperationCanceledException">oc shall end; the program is being killed.</exception>
    /// <exception cref="BrokenPipeException">Nobody reads the output any more; the program is being killed.</exception>
    public async Task<int> RunAsync(ExecutionRequest request)
    {
        using var terminal = LocalTerminal.Find();
        await using var program = await client.ConnectAsync(request, terminal is null ? null : LocalTerminal.Size, departure.Token);
        departure.Attach(program);
        using var resizing = terminal is null ? null : LocalTerminal.WhenResized(() => Resize(program));
        try
        {
            return await FollowAsync(program, terminal);
        }
        finally
        {
            departure.Detach();
        }
    }

    private async Task<int> FollowAsync(InteractiveExecution program, LocalTerminal? terminal)
    {
        await foreach (var item in program.ReadEventsAsync(departure.Token))
        {
            switch (item)
            {
                case StageStartedEvent { Stage: Stage.Run }:
                    // Not before: a compiler prints plain lines, and Ctrl-C must stop it.
                    terminal?.EnterRawMode();
                    new InputPump(program, departure, terminal is not null).Start();
                    break;
                case OutputEvent printed:
                    await WriteAsync(printed);
                    break;
                case ArtifactEvent left:
                    await _artifacts.WriteAsync(left.Artifact, departure.Token);
                    break;
                case ResultEvent end:
                    terminal?.Dispose();
                    return Report(end.Result);
            }
        }

        throw new IOException("The server said nothing of the program's end.");
    }

    // In the background, for a reader who has stopped reading must not keep oc from leaving. What a compiler prints is never
    // the program's output.
    private Task WriteAsync(OutputEvent printed) => Task.Run(() =>
    {
        if (printed.Stage is Stage.Compile || printed.Stream is OutputChannel.Stderr)
            StandardStreams.WriteError(printed.Data.Bytes.Span);
        else
            StandardStreams.WriteOutput(printed.Data.Bytes.Span);
    }).WaitAsync(departure.Token);

    private int Report(ExecutionResult result) => ResultReport.LastStage(result).Outcome is Outcome.Cancelled && departure.HasInterrupted
        ? ExitStatus.Interrupted
        : ResultReport.Say(result);

    private async void Resize(InteractiveExecution program)
    {
        try
        {
            Task telling;
            // Two changes at once are told in their order.
            lock (_resizing)
                telling = program.ResizeAsync(LocalTerminal.Size, departure.Token);
            await telling;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection has ended; whoever reads from it says why.
        }
    }
}
