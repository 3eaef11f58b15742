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

    public static async Task<ExecuteRequest> ReadStartAsync(IAsyncStreamReader<AttachRequest> requests, CancellationToken cancellationToken)
    {
        if (await requests.MoveNext(cancellationToken) && requests.Current.Start is { } start)
            return start;
        var violations = new FieldViolations();
        violations.Add("start", "must be the first message");
        violations.ThrowIfAny();
        throw new InvalidOperationException("Unreachable: a violation was added.");
    }

    /// <summary>
    /// Hands input on until the caller sends no more; that alone does not end the program, whose caller may only read
    /// from then on. A wrong message cancels <paramref name="ending"/> and fails.
    /// </summary>
    public static async Task ReadInputAsync(IAsyncStreamReader<AttachRequest> requests, InteractiveInput input, CancellationTokenSource ending)
    {
        var cancellationToken = ending.Token;
        try
        {
            while (await requests.MoveNext(cancellationToken))
                await input.AddAsync(Map(requests.Current), cancellationToken);
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
            case AttachRequest.MessageOneofCase.Start:
                violations.Add("start", "must come once");
                break;
            default:
                violations.Add("message", "must be set");
                break;
        }
        violations.ThrowIfAny();
        return input!;
    }
}
