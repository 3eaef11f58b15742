using Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Draining;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Executions.Resuming;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ServiceDefaults;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>Interactive runs: those that end with their call, and those that survive it.</summary>
internal sealed class AttachCalls(RequestMapper mapper, ExecutionRunner runner, HeldRuns held, Drain drain)
{
    public async Task AttachAsync(IAsyncStreamReader<AttachRequest> requests, IServerStreamWriter<ExecuteEvent> events, CancellationToken call)
    {
        using var ending = new CallEnd(call, drain.Over);
        var first = await AttachReader.ReadFirstAsync(requests, ending.Token);
        if (first.Resume is { } resume)
        {
            await ResumeAsync(held.Find(resume.Token, first.Owner), resume.Position, requests, events, call);
            return;
        }
        if (drain.HasBegun)
            throw new DrainingException();
        var execution = await mapper.MapAsync(first.Start, isInteractive: true, ending.Token);
        if (first.Resumable && held.IsOffered)
            await TalkAsync(held.Start(execution, first.Owner), position: 0, isResumed: false, requests, events, call);
        else
            await RunAsync(execution, requests, events, ending);
    }

    /// <summary>Ends with its call.</summary>
    private async Task RunAsync(
        Executions.Execution execution, IAsyncStreamReader<AttachRequest> requests, IServerStreamWriter<ExecuteEvent> events, CallEnd ending)
    {
        using var place = drain.Enter();
        var input = new InteractiveInput();
        var reading = AttachReader.ReadInputAsync(requests, input.AddAsync, ending.Cancel, ending);
        await UnderReadingAsync(reading, ending, async () =>
        {
            await foreach (var happened in StoppingNotice.AddTo(runner.RunAsync(execution, input, ending.Token), drain))
                await ending.SendAsync(events, EventMapper.Map(execution, happened));
        });
    }

    private static async Task ResumeAsync(
        HeldRun run, ulong position, IAsyncStreamReader<AttachRequest> requests, IServerStreamWriter<ExecuteEvent> events, CancellationToken call)
    {
        var violations = new FieldViolations();
        violations.AddIf(position > (ulong)run.Log.End, "resume.position", "must be one that the run has reached");
        violations.ThrowIfAny();
        await TalkAsync(run, (long)position, isResumed: true, requests, events, call);
    }

    /// <summary>Tells what the run says from a position on, until it has ended or this call has.</summary>
    private static async Task TalkAsync(
        HeldRun run, long position, bool isResumed, IAsyncStreamReader<AttachRequest> requests, IServerStreamWriter<ExecuteEvent> events, CancellationToken call)
    {
        using var seat = await run.SitDownAsync(call);
        using var ending = new CallEnd(call, seat.TakenOver);
        var inputs = run.Inputs;
        var reading = AttachReader.ReadInputAsync(requests, run.TakeAsync, run.End, ending);
        try
        {
            await UnderReadingAsync(reading, ending, async () =>
            {
                if (isResumed)
                    await ending.SendAsync(events, Resumed(run, position, inputs));
                await foreach (var (happened, end) in run.Log.ReadAsync(position, ending.Token))
                    await ending.SendAsync(events, Told(run, happened, end));
            });
        }
        catch (OperationCanceledException) when (seat.TakenOver.IsCancellationRequested)
        {
            throw new RunTakenOverException();
        }
    }

    private static ExecuteEvent Resumed(HeldRun run, long position, long inputs) => new()
    {
        Resumed = new Resumed { RequestId = run.Execution.RequestId, Language = run.Execution.Language.Id, Version = run.Execution.Version },
        Position = (ulong)position,
        Inputs = (ulong)inputs,
    };

    private static ExecuteEvent Told(HeldRun run, ExecutionEvent happened, long position)
    {
        var told = EventMapper.Map(run.Execution, happened);
        told.Position = (ulong)position;
        told.Inputs = (ulong)run.Inputs;
        if (told.Accepted is { } accepted)
        {
            accepted.ResumeToken = run.Token;
            accepted.ResumeWithinMs = (uint)run.Grace.TotalMilliseconds;
        }
        return told;
    }

    private static async Task UnderReadingAsync(Task reading, CallEnd ending, Func<Task> telling)
    {
        try
        {
            await telling();
        }
        catch (Exception exception) when (exception is OperationCanceledException or SandboxLostException)
        {
            // Where something wrong was sent, that is the answer, not the cancellation or the lost sandbox it led to, which may come here first.
            await ending.CancelAsync();
            await reading;
            throw;
        }
        finally
        {
            // A call may not end under a read that is still waiting for its caller's next word.
            await ending.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
