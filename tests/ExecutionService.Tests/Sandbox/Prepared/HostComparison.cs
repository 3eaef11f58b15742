using global::Grpc.Core;
using Google.Protobuf;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Tests.Grpc;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

/// <summary>
/// What the compiler says of a program, what it prints, and how both end, is the same whether the runtime was started for it or
/// waited for it.
/// </summary>
/// <param name="service">Runs it in both ways.</param>
/// <param name="language">Skipped where a machine lacks it.</param>
[Collection(PreparedServices.Collection)]
public abstract class HostComparison(PreparedService service, string language)
{
    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected PreparedService Service => service;

    private protected string Mould => $"{language} run";

    private protected ExecuteRequest Request(string entryPoint, string program, params IEnumerable<string> arguments)
    {
        var request = new ExecuteRequest { Language = language, EntryPoint = entryPoint, Stdin = ByteString.CopyFromUtf8("one\n2 twö\nthree") };
        request.Files.Add(Requests.File(entryPoint, program));
        request.Arguments.AddRange(arguments);
        return request;
    }

    /// <summary>An output without what no two runs have alike.</summary>
    private protected virtual string Comparable(string output) => output;

    /// <summary>Returns the answer that was cold.</summary>
    private protected async Task<ExecuteResponse> AssertSameAsync(ExecuteRequest request, string? mould = null)
    {
        var cold = await RunColdAsync(request);
        var prepared = await service.RunPreparedAsync(request, mould ?? Mould, Token);

        Assert.NotEmpty(Shown(cold.Compile) + Shown(cold.Run));
        AssertSame(cold, prepared);
        return cold;
    }

    private protected void AssertSame(ExecuteResponse cold, ExecuteResponse prepared)
    {
        Assert.Equal((cold.Outcome, cold.Run is null), (prepared.Outcome, prepared.Run is null));
        AssertSame(cold.Compile, prepared.Compile);
        AssertSame(cold.Run, prepared.Run);
    }

    private protected async Task<string> OutputOfPreparedAsync(ExecuteRequest request)
    {
        await RunColdAsync(request);
        var answer = await service.RunPreparedAsync(request, Mould, Token);
        Assert.Equal(("", "", 0), (answer.Run.Stderr.ToStringUtf8(), answer.Run.Signal, answer.Run.ExitCode));
        return answer.Run.Stdout.ToStringUtf8();
    }

    private protected async Task AssertDiffersAsync(ExecuteRequest request) =>
        Assert.NotEqual(await OutputOfPreparedAsync(request), await OutputOfPreparedAsync(request));

    /// <summary>A program that prints "ready", then for each line what it makes of it.</summary>
    private protected async Task AssertSameConversationAsync(ExecuteRequest request, bool isTerminal, params (string Typed, string Answer)[] turns)
    {
        await RunColdAsync(request);
        request.Stdin = ByteString.Empty;
        var cold = await service.CallColdAsync(each => TalkAsync(each, request.Clone(), isTerminal, turns));
        var prepared = await service.CallPreparedAsync(each => TalkAsync(each, request.Clone(), isTerminal, turns), Mould + (isTerminal ? " terminal" : ""), Token);

        Assert.Equal(cold, prepared);
    }

    /// <summary>Waits for each answer before it goes on, so that what is said comes in one order.</summary>
    private static async Task<(string Said, Outcome Outcome, int ExitCode)> TalkAsync(ServiceFixture service, ExecuteRequest request, bool isTerminal, (string Typed, string Answer)[] turns)
    {
        // A terminal repeats what is typed as soon as it comes, be it in the middle of a line.
        var end = isTerminal ? "\r\n" : "\n";
        await using var talk = await Conversation.StartAsync(service, request, isTerminal);
        await talk.ReadUntilAsync("ready" + end);
        foreach (var (typed, answer) in turns)
        {
            await talk.TypeAsync(typed);
            await talk.ReadUntilAsync(answer + end);
        }
        await talk.SendAsync(new AttachRequest { EndOfInput = new EndOfInput() });
        var result = await talk.ResultAsync();
        return (talk.All, result.Outcome, result.Run.ExitCode);
    }

    private async Task<ExecuteResponse> RunColdAsync(ExecuteRequest request)
    {
        try
        {
            return await service.RunColdAsync(request, Token);
        }
        catch (RpcException exception) when (exception.Status.Detail.Contains("is not installed here", StringComparison.Ordinal))
        {
            Assert.Skip(exception.Status.Detail);
            throw;
        }
    }

    private void AssertSame(StageResult? cold, StageResult? prepared)
    {
        Assert.Equal(Comparable(cold?.Stdout.ToStringUtf8() ?? ""), Comparable(prepared?.Stdout.ToStringUtf8() ?? ""));
        Assert.Equal(Comparable(cold?.Stderr.ToStringUtf8() ?? ""), Comparable(prepared?.Stderr.ToStringUtf8() ?? ""));
        Assert.Equal((cold?.ExitCode, cold?.Signal), (prepared?.ExitCode, prepared?.Signal));
        Assert.Equal(cold?.Diagnostics, prepared?.Diagnostics);
    }

    private static string Shown(StageResult? stage) => stage is null ? "" : $"{stage.Stdout.ToStringUtf8()}{stage.Stderr.ToStringUtf8()}{stage.Signal}";
}
