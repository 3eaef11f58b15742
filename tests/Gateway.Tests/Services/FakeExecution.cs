using Google.Protobuf;
using Grpc.Core;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Tests.Services;

/// <summary>An execution service that does what a test says, and remembers what it was asked.</summary>
internal sealed class FakeExecution : OnlineCompiler.Execution.V1.Execution.ExecutionBase
{
    public delegate Task Stream(ExecuteRequest request, IServerStreamWriter<ExecuteEvent> events, ServerCallContext context);

    public delegate Task Attachment(IAsyncStreamReader<AttachRequest> messages, IServerStreamWriter<ExecuteEvent> events, ServerCallContext context);

    public delegate Task Judging(JudgeRequest request, IServerStreamWriter<JudgeEvent> events, ServerCallContext context);

    public delegate Task Watching(string id, IServerStreamWriter<Submission> events, ServerCallContext context);

    public ListLanguagesResponse Languages { get; } = new() { Languages = { Python } };

    private int _executeCalls;
    private int _attachCalls;

    public static Language Python => new()
    {
        Id = "python",
        Name = "Python",
        Aliases = { "py" },
        Extensions = { ".py" },
        Version = "3.11.2",
        Installed = true,
        EditorMode = "python",
        EntryPoint = "main.py",
        Sample = "print(input())",
        SampleStdin = "x",
    };

    public ExecuteRequest? LastRequest { get; private set; }

    /// <summary>Of the last attached run.</summary>
    public AttachRequest? FirstMessage { get; private set; }

    public Metadata? LastHeaders { get; private set; }

    public int ExecuteCalls => _executeCalls;

    public int AttachCalls => _attachCalls;

    /// <summary>Completes when a streaming call was cancelled by its caller.</summary>
    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Func<ExecuteRequest, Task<ExecuteResponse>> OnExecute { get; set; } = request => Task.FromResult(Answer(request.Language, "42\n"));

    public Stream OnStream { get; set; } = (_, _, _) => Task.CompletedTask;

    public Attachment OnAttach { get; set; } = (_, _, _) => Task.CompletedTask;

    public Judging OnJudge { get; set; } = (_, events, _) => events.WriteAsync(new JudgeEvent { Result = new JudgeResult { RequestId = "run-1", Verdict = Verdict.Accepted } });

    public JudgeRequest? LastJudgement { get; private set; }

    public int JudgeCalls { get; private set; }

    public List<SubmitRequest> Submitted { get; } = [];

    public Func<SubmitRequest, Task<Submission>> OnSubmit { get; set; } = _ => Task.FromResult(Queued("sub-1"));

    public Func<string, Task<Submission>> OnGetSubmission { get; set; } = id => Task.FromResult(Queued(id));

    public Func<string, Task<Submission>> OnCancel { get; set; } = id => Task.FromResult(Queued(id));

    public Watching OnWatch { get; set; } = (id, events, _) => events.WriteAsync(Queued(id));

    public static Submission Queued(string id) => new()
    {
        Id = id,
        State = SubmissionState.Queued,
        CreatedAt = Time(0),
        ExpiresAt = Time(3600),
    };

    public static Google.Protobuf.WellKnownTypes.Timestamp Time(int second) => new() { Seconds = 1_763_890_200 + second };

    public static ExecuteResponse Answer(string language, string output) => new()
    {
        RequestId = "run-1",
        Language = language,
        Version = "3.11.2",
        Outcome = Outcome.Succeeded,
        Run = new StageResult { Outcome = Outcome.Succeeded, ExitCode = 0, Stdout = ByteString.CopyFromUtf8(output) },
    };

    public static ExecuteEvent Output(params byte[] data) => Output(Execution.V1.Output.Types.Stream.Stdout, data);

    public static ExecuteEvent Output(Output.Types.Stream stream, params byte[] data) =>
        new() { Output = new Output { Stage = Stage.Run, Stream = stream, Data = ByteString.CopyFrom(data) } };

    public static ExecuteEvent Output(string text) => Output(System.Text.Encoding.UTF8.GetBytes(text));

    public static ExecuteEvent Accepted => new() { Accepted = new Accepted { RequestId = "run-1", Language = "python", Version = "3.11.2" } };

    public static ExecuteEvent Started => new() { StageStarted = new StageStarted { Stage = Stage.Run } };

    public static ExecuteEvent Finished =>
        new() { StageFinished = new StageFinished { Stage = Stage.Run, Result = new StageResult { Outcome = Outcome.Succeeded, ExitCode = 0 } } };

    public static ExecuteEvent Result =>
        new() { Result = new ExecuteResponse { RequestId = "run-1", Language = "python", Version = "3.11.2", Outcome = Outcome.Succeeded } };

    public override Task<ListLanguagesResponse> ListLanguages(ListLanguagesRequest request, ServerCallContext context) => Task.FromResult(Languages);

    public override Task<ExecuteResponse> Execute(ExecuteRequest request, ServerCallContext context)
    {
        Interlocked.Increment(ref _executeCalls);
        Remember(request, context);
        return OnExecute(request);
    }

    public override Task ExecuteStream(ExecuteRequest request, IServerStreamWriter<ExecuteEvent> responseStream, ServerCallContext context)
    {
        Remember(request, context);
        return OnStream(request, responseStream, context);
    }

    public override async Task Attach(
        IAsyncStreamReader<AttachRequest> requestStream, IServerStreamWriter<ExecuteEvent> responseStream, ServerCallContext context)
    {
        Interlocked.Increment(ref _attachCalls);
        if (await requestStream.MoveNext(context.CancellationToken))
        {
            FirstMessage = requestStream.Current.Clone();
            var start = FirstMessage.Start ?? new ExecuteRequest();
            if (FirstMessage.HasCaller)
                start.Caller = FirstMessage.Caller;
            Remember(start, context);
        }
        await OnAttach(requestStream, responseStream, context);
    }

    public override Task Judge(JudgeRequest request, IServerStreamWriter<JudgeEvent> responseStream, ServerCallContext context)
    {
        JudgeCalls++;
        LastJudgement = request;
        Remember(request.Program, context);
        return OnJudge(request, responseStream, context);
    }

    public override Task<Submission> Submit(SubmitRequest request, ServerCallContext context)
    {
        lock (Submitted)
            Submitted.Add(request);
        return OnSubmit(request);
    }

    public override Task<Submission> GetSubmission(GetSubmissionRequest request, ServerCallContext context) => OnGetSubmission(request.Id);

    public override Task WatchSubmission(WatchSubmissionRequest request, IServerStreamWriter<Submission> responseStream, ServerCallContext context)
    {
        context.CancellationToken.Register(() => Cancelled.TrySetResult());
        return OnWatch(request.Id, responseStream, context);
    }

    public override Task<Submission> CancelSubmission(CancelSubmissionRequest request, ServerCallContext context) => OnCancel(request.Id);

    private void Remember(ExecuteRequest request, ServerCallContext context)
    {
        LastRequest = request;
        LastHeaders = context.RequestHeaders;
        context.CancellationToken.Register(() => Cancelled.TrySetResult());
    }
}
