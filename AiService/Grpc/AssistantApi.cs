using Grpc.Core;
using Microsoft.Extensions.Options;
using OnlineCompiler.Ai.V1;
using OnlineCompiler.AiService.Assistance;
using OnlineCompiler.AiService.Models;

namespace OnlineCompiler.AiService.Grpc;

internal sealed class AssistantApi(ProgramExplainer explainer, ProgramFixer fixer, IOptions<AiOptions> options) : Assistant.AssistantBase
{
    public override Task Explain(ExplainRequest request, IServerStreamWriter<AssistantEvent> responseStream, ServerCallContext context)
    {
        AssistantValidation.Check(request);
        return SendAsync(
            explainer.ExplainAsync(
                request.Program.ToSubmitted(), request.LastRun?.ToObserved(), request.Question,
                AssistantMessages.LocaleOf(request.Locale), context.CancellationToken),
            responseStream,
            context.CancellationToken);
    }

    public override Task Fix(FixRequest request, IServerStreamWriter<AssistantEvent> responseStream, ServerCallContext context)
    {
        AssistantValidation.Check(request);
        return SendAsync(
            fixer.FixAsync(
                request.Program.ToSubmitted(), request.LastRun?.ToObserved(), request.Instruction,
                AssistantMessages.LocaleOf(request.Locale), context.CancellationToken),
            responseStream,
            context.CancellationToken);
    }

    public override Task<GetModelResponse> GetModel(GetModelRequest request, ServerCallContext context)
    {
        var isComplete = options.Value.FindMissing().Count == 0;
        return Task.FromResult(new GetModelResponse { Model = isComplete ? options.Value.Model : "" });
    }

    private static async Task SendAsync(
        IAsyncEnumerable<AssistanceEvent> events, IServerStreamWriter<AssistantEvent> responses, CancellationToken cancellationToken)
    {
        await foreach (var next in events.WithCancellation(cancellationToken))
            await responses.WriteAsync(next.ToMessage(), cancellationToken);
    }
}
