using Grpc.Core;
using OnlineCompiler.Ai.V1;

namespace OnlineCompiler.Gateway.Tests.Services;

/// <summary>An AI service that says what a test says, and remembers what it was asked.</summary>
internal sealed class FakeAssistant : Assistant.AssistantBase
{
    public ExplainRequest? LastExplain { get; private set; }

    public FixRequest? LastFix { get; private set; }

    public IReadOnlyList<AssistantEvent> Events { get; set; } = [];

    public string Model { get; set; } = "";

    /// <summary>Thrown after the events.</summary>
    public RpcException? Failure { get; set; }

    public override Task Explain(ExplainRequest request, IServerStreamWriter<AssistantEvent> responseStream, ServerCallContext context)
    {
        LastExplain = request;
        return AnswerAsync(responseStream);
    }

    public override Task Fix(FixRequest request, IServerStreamWriter<AssistantEvent> responseStream, ServerCallContext context)
    {
        LastFix = request;
        return AnswerAsync(responseStream);
    }

    public override Task<GetModelResponse> GetModel(GetModelRequest request, ServerCallContext context) =>
        Task.FromResult(new GetModelResponse { Model = Model });

    private async Task AnswerAsync(IServerStreamWriter<AssistantEvent> stream)
    {
        foreach (var item in Events)
            await stream.WriteAsync(item);
        if (Failure is not null)
            throw Failure;
    }
}
