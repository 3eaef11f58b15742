using Grpc.Core;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Draining;
using OnlineCompiler.ExecutionService.Executions;
using OnlineCompiler.ExecutionService.Judging;
using OnlineCompiler.ExecutionService.Languages;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>The contract of execution.proto: checks, maps, delegates, maps back.</summary>
internal sealed class ExecutionGrpcService(
    LanguageCatalog catalog,
    RequestMapper mapper,
    ExecutionRunner runner,
    JudgeRequestMapper judgeMapper,
    JudgementRunner judge,
    SubmissionCalls submissions,
    AttachCalls attachments,
    Drain drain)
    : Execution.V1.Execution.ExecutionBase
{
    public override async Task<ListLanguagesResponse> ListLanguages(ListLanguagesRequest request, ServerCallContext context)
    {
        var languages = await Task.WhenAll(catalog.All.Select(
            async language => LanguageMapper.Map(language, await catalog.GetToolchainsAsync(language, context.CancellationToken))));
        return new ListLanguagesResponse { Languages = { languages } };
    }

    public override async Task<ExecuteResponse> Execute(ExecuteRequest request, ServerCallContext context)
    {
        using var place = drain.Enter();
        using var ending = Ending(context);
        var execution = await mapper.MapAsync(request, isInteractive: false, ending.Token);
        var answer = new GatheredAnswer(execution);
        await foreach (var happened in runner.RunAsync(execution, input: null, ending.Token))
            answer.Add(happened);
        return answer.Response;
    }

    public override async Task ExecuteStream(ExecuteRequest request, IServerStreamWriter<ExecuteEvent> responseStream, ServerCallContext context)
    {
        using var place = drain.Enter();
        using var ending = Ending(context);
        var execution = await mapper.MapAsync(request, isInteractive: false, ending.Token);
        await foreach (var happened in runner.RunAsync(execution, input: null, ending.Token))
            await ending.SendAsync(responseStream, EventMapper.Map(execution, happened));
    }

    public override Task Attach(
        IAsyncStreamReader<AttachRequest> requestStream, IServerStreamWriter<ExecuteEvent> responseStream, ServerCallContext context) =>
        attachments.AttachAsync(requestStream, responseStream, context.CancellationToken);

    public override async Task Judge(JudgeRequest request, IServerStreamWriter<JudgeEvent> responseStream, ServerCallContext context)
    {
        using var place = drain.Enter();
        using var ending = Ending(context);
        var judgement = await judgeMapper.MapAsync(request, ending.Token);
        await foreach (var happened in judge.RunAsync(judgement, ending.Token))
            await ending.SendAsync(responseStream, JudgeEventMapper.Map(judgement, happened));
    }

    public override async Task<Submission> Submit(SubmitRequest request, ServerCallContext context)
    {
        using var place = drain.Enter();
        using var ending = Ending(context);
        return await submissions.SubmitAsync(request, ending.Token);
    }

    public override Task<Submission> GetSubmission(GetSubmissionRequest request, ServerCallContext context) =>
        submissions.GetAsync(request.Id, context.CancellationToken);

    public override async Task WatchSubmission(WatchSubmissionRequest request, IServerStreamWriter<Submission> responseStream, ServerCallContext context)
    {
        using var ending = Ending(context);
        await foreach (var submission in submissions.WatchAsync(request.Id, ending.Token))
            await ending.SendAsync(responseStream, submission);
    }

    public override Task<Submission> CancelSubmission(CancelSubmissionRequest request, ServerCallContext context) =>
        submissions.CancelAsync(request.Id, context.CancellationToken);

    /// <summary>A run ends when its caller leaves, and when the service has no more time for it.</summary>
    private CallEnd Ending(ServerCallContext context) => new(context.CancellationToken, drain.Over);
}
