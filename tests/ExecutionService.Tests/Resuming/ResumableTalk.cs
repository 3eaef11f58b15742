using System.Text;
using global::Grpc.Core;
using Google.Protobuf;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Tests.Resuming;

/// <summary>A user who loses connections, and remembers where it was.</summary>
internal sealed class ResumableTalk(ServiceFixture service, string owner = "") : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);
    private readonly StringBuilder _printed = new();
    private AsyncDuplexStreamingCall<AttachRequest, ExecuteEvent>? _call;

    public string Token { get; set; } = "";

    public ulong Position { get; set; }

    public ulong Inputs { get; private set; }

    public ulong MissedBytes { get; private set; }

    public uint GraceMs { get; private set; }

    public string Printed => _printed.ToString();

    public async Task StartAsync(ExecuteRequest program, bool isTerminal = false)
    {
        if (isTerminal)
            program.Terminal = new TerminalSize { Columns = 80, Rows = 24 };
        Call();
        await SendAsync(new AttachRequest { Start = program, Resumable = true, Owner = owner });
        await UntilAsync(happened => happened.Accepted is not null);
    }

    public async Task ResumeAsync()
    {
        Call();
        await SendAsync(new AttachRequest { Resume = new Resume { Token = Token, Position = Position }, Owner = owner });
        await UntilAsync(happened => happened.Resumed is not null);
    }

    /// <summary>Without a word.</summary>
    public void Lose()
    {
        _call?.Dispose();
        _call = null;
    }

    public async Task SendAsync(AttachRequest message)
    {
        try
        {
            await _call!.RequestStream.WriteAsync(message, TestContext.Current.CancellationToken);
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
            // How the call ended, the reader is told.
        }
    }

    public Task TypeAsync(string text) => SendAsync(new AttachRequest { Stdin = ByteString.CopyFromUtf8(text) });

    public async Task ReadUntilAsync(string text)
    {
        if (!Printed.Contains(text, StringComparison.Ordinal))
            await UntilAsync(_ => Printed.Contains(text, StringComparison.Ordinal));
    }

    public async Task<ExecuteResponse> ResultAsync() => (await UntilAsync(happened => happened.Result is not null)).Result;

    public async Task<ExecuteEvent> UntilAsync(Func<ExecuteEvent, bool> found)
    {
        while (await _call!.ResponseStream.MoveNext(TestContext.Current.CancellationToken).WaitAsync(_patience, TestContext.Current.CancellationToken))
        {
            var happened = _call.ResponseStream.Current;
            (Position, Inputs) = (happened.Position, happened.Inputs);
            if (happened.Accepted is { } accepted)
                (Token, GraceMs) = (accepted.ResumeToken, accepted.ResumeWithinMs);
            if (happened.Output is { } output)
                _printed.Append(output.Data.ToStringUtf8());
            if (happened.Missed is { } missed)
                MissedBytes += missed.Bytes;
            if (found(happened))
                return happened;
        }
        throw new Xunit.Sdk.XunitException($"The call ended first; printed: {_printed}");
    }

    public void Dispose() => Lose();

    private void Call()
    {
        Lose();
        _call = service.Client.Attach(cancellationToken: TestContext.Current.CancellationToken);
    }
}
