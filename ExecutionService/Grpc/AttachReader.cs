using Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ServiceDefaults;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>Reads the caller's side of an interactive run.</summary>
internal static class AttachReader
{
    private const int MaxStdinBytes = 64 * 1024;
    private const uint MaxTerminalSide = 1000;
    private const int MaxNameCharacters = 128;

    /// <summary>A <c>start</c> or a <c>resume</c>.</summary>
    public static async Task<AttachRequest> ReadFirstAsync(IAsyncStreamReader<AttachRequest> requests, CancellationToken cancellationToken)
    {
        var violations = new FieldViolations();
        if (!await requests.MoveNext(cancellationToken) || requests.Current is not { } first || (first.Start is null && first.Resume is null))
        {
            violations.Add("start", "must be the first message, or resume");
        }
        else
        {
            violations.AddIf(first.Caller.Length > MaxNameCharacters, "caller", $"must be at most {MaxNameCharacters} characters");
            violations.AddIf(first.Owner.Length > MaxNameCharacters, "owner", $"must be at most {MaxNameCharacters} characters");
            violations.AddIf(first.Resume is { Token.Length: 0 }, "resume.token", "is required");
            if (first.HasCaller && first.Start is { } start)
                start.Caller = first.Caller;
            violations.ThrowIfAny();
            return first;
        }
        violations.ThrowIfAny();
        throw new InvalidOperationException("Unreachable: a violation was added.");
    }

    /// <summary>
    /// Hands input on until the caller sends no more; that alone does not end the program, whose caller may only read
    /// from then on. A wrong message cancels <paramref name="ending"/> and fails.
    /// </summary>
    /// <param name="requests">The caller's messages.</param>
    /// <param name="take">Takes its input.</param>
    /// <param name="leave">Ends the program.</param>
    /// <param name="ending">Ends the reading.</param>
    public static async Task ReadInputAsync(
        IAsyncStreamReader<AttachRequest> requests, Func<InputEvent, CancellationToken, ValueTask> take, Action leave, CallEnd ending)
    {
        var cancellationToken = ending.Token;
        try
        {
            while (await requests.MoveNext(cancellationToken))
            {
                if (requests.Current.Leave is not null)
                    leave();
                else
                    await take(Map(requests.Current), cancellationToken);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException || exception is RpcException { StatusCode: StatusCode.Cancelled })
        {
            // The call has ended.
        }
        catch (RpcException)
        {
            await ending.CancelAsync();
            throw;
        }
    }

    private static InputEvent Map(AttachRequest request)
    {
        var violations = new FieldViolations();
        InputEvent? input = null;
        switch (request.MessageCase)
        {
            case AttachRequest.MessageOneofCase.Stdin:
                violations.AddIf(request.Stdin.Length > MaxStdinBytes, "stdin", "must be at most 64 KiB a message");
                input = new TypedInput(request.Stdin.Memory);
                break;
            case AttachRequest.MessageOneofCase.EndOfInput:
                input = new Executions.EndOfInput();
                break;
            case AttachRequest.MessageOneofCase.Signal:
                violations.AddIf(!Enum.IsDefined(request.Signal) || request.Signal == Signal.Unspecified, "signal", "must be one of the signals named");
                input = new SignalInput((int)request.Signal);
                break;
            case AttachRequest.MessageOneofCase.Resize:
                violations.AddIf(request.Resize.Columns is < 1 or > MaxTerminalSide, "resize.columns", $"must be from 1 to {MaxTerminalSide}");
                violations.AddIf(request.Resize.Rows is < 1 or > MaxTerminalSide, "resize.rows", $"must be from 1 to {MaxTerminalSide}");
                input = new ResizeInput(RequestMapper.MapSize(request.Resize)!);
                break;
            case AttachRequest.MessageOneofCase.Start or AttachRequest.MessageOneofCase.Resume:
                violations.Add(request.Start is null ? "resume" : "start", "must come once, and first");
                break;
            default:
                violations.Add("message", "must be set");
                break;
        }
        violations.ThrowIfAny();
        return input!;
    }
}
