using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Options;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Judging;
using OnlineCompiler.ExecutionService.Sandbox;
using OnlineCompiler.ExecutionService.Submissions;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>Runs what was submitted: through the same mapping, queue and sandboxes as a call that waits for it.</summary>
internal sealed class SubmittedRuns(
    RequestMapper requests, ExecutionRunner runner, JudgeRequestMapper judgements, JudgementRunner judge, IOptions<SubmissionOptions> options)
{
    /// <summary>Kept even where there is no room: the smallest MaxResultBytes.</summary>
    private const int ShortBytes = 16 * 1024;

    /// <inheritdoc cref="RunSubmission"/>
    public async Task<SubmissionResult> RunAsync(SubmissionKind kind, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        try
        {
            IMessage response = kind == SubmissionKind.Execution
                ? await ExecuteAsync(ExecuteRequest.Parser.ParseFrom(request.Span), cancellationToken)
                : await JudgeAsync(JudgeRequest.Parser.ParseFrom(request.Span), cancellationToken);
            var isCut = ResultCut.Apply(response, options.Value.MaxResultBytes);
            var bytes = response.ToByteArray();
            return new SubmissionResult(bytes, ResultCut.Apply(response, ShortBytes) ? response.ToByteArray() : bytes, isCut);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.FailedPrecondition)
        {
            // What is missing here may be there where it is taken up next.
            throw new SandboxUnavailableException(exception.Status.Detail, exception);
        }
        catch (Exception exception) when (exception is RpcException or InvalidProtocolBufferException)
        {
            // It was checked when it was submitted: a service with other rules has taken it.
            throw new UnrunnableSubmissionException(
                exception is RpcException refused ? refused.Status.Detail : "What was submitted cannot be read.", exception);
        }
    }

    private async Task<ExecuteResponse> ExecuteAsync(ExecuteRequest request, CancellationToken cancellationToken)
    {
        var execution = await requests.MapAsync(request, isInteractive: false, cancellationToken);
        var answer = new GatheredAnswer(execution);
        await foreach (var happened in runner.RunAsync(execution, input: null, cancellationToken))
            answer.Add(happened);
        return answer.Response;
    }

    private async Task<JudgeResponse> JudgeAsync(JudgeRequest request, CancellationToken cancellationToken)
    {
        var judgement = await judgements.MapAsync(request, cancellationToken);
        var response = new JudgeResponse();
        var tests = new List<JudgeTestResult>();
        await foreach (var happened in judge.RunAsync(judgement, cancellationToken))
        {
            var told = JudgeEventMapper.Map(judgement, happened);
            if (told.Compiled is { } compiled)
                response.Compiled.Add(compiled);
            else if (told.TestFinished is { } test)
                tests.Add(test);
            else if (told.Result is { } result)
                response.Result = result;
        }
        response.Tests.AddRange(tests.OrderBy(test => test.Index));
        return response;
    }
}
