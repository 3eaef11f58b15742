using Google.Protobuf;
using Grpc.Core;
using OnlineCompiler.Ai.V1;
using OnlineCompiler.Execution.V1;
using EventCase = OnlineCompiler.Ai.V1.AssistantEvent.EventOneofCase;

namespace OnlineCompiler.AiService.Tests;

public sealed class FixTests
{
    private const string Answer = "`inputt` should be `input`.\n\n```python main.py\nprint(input())\n```\n\nDone.";

    [Theory]
    [InlineData("openai", 1)]
    [InlineData("openai", 3)]
    [InlineData("anthropic", 1)]
    [InlineData("anthropic", 1000)]
    public async Task A_fix_is_explained_handed_over_proved_and_accounted_for(string provider, int pieceLength)
    {
        await using var fake = await FakeProvider.StartAsync();
        await using var execution = await FakeExecution.StartAsync();
        fake.Answer = context => ProviderWire.WriteAsync(context, Answer.Chunk(pieceLength).Select(piece => new string(piece)));
        await using var app = AiServiceApp.For(provider, fake, ("services:execution:grpc:0", execution.Url));

        var events = await app.FixAsync(AiServiceApp.SampleFix());

        Assert.Equal("`inputt` should be `input`.\n\n\nDone.", AiServiceApp.TextOf(events));
        Assert.Equal(
            [EventCase.Fixed, EventCase.Proof, EventCase.Completion],
            events.Select(next => next.EventCase).Where(kind => kind != EventCase.Text));
        var file = Assert.Single(events.Single(next => next.EventCase == EventCase.Fixed).Fixed.Files);
        Assert.Equal("main.py", file.Path);
        Assert.Equal("print(input())\n", file.Content);
        var proof = events.Single(next => next.EventCase == EventCase.Proof).Proof;
        Assert.True(proof.Passed);
        Assert.Equal("SUCCEEDED", proof.Run.Outcome);
        Assert.Equal("proved\n", proof.Run.Stdout);
        Assert.Equal(0, proof.Run.ExitCode);
        Assert.Equal(ProviderWire.ModelName, events[^1].Completion.Model);
    }

    [Fact]
    public async Task The_proof_runs_the_whole_corrected_program_with_the_same_input_and_arguments()
    {
        await using var fake = await FakeProvider.StartAsync();
        await using var execution = await FakeExecution.StartAsync();
        fake.Answer = context => ProviderWire.WriteAsync(context, ["```python lib/a.py\nA = 2\n```\n```python lib/new.py\nB = 3\n```\n"]);
        await using var app = AiServiceApp.For("openai", fake, ("services:execution:grpc:0", execution.Url));
        var request = AiServiceApp.SampleFix();
        request.Program.Files.Add(new ProgramFile { Path = "lib/a.py", Content = "A = 1\n" });

        var events = await app.FixAsync(request);

        Assert.Equal("python", execution.Received!.Language);
        Assert.Equal(["main.py", "lib/a.py", "lib/new.py"], execution.Received.Files.Select(file => file.Path));
        Assert.Equal("A = 2\n", execution.Received.Files[1].Content.ToStringUtf8());
        Assert.Equal("main.py", execution.Received.EntryPoint);
        Assert.Equal(request.Program.Stdin, execution.Received.Stdin.ToStringUtf8());
        Assert.Equal(["--loud"], execution.Received.Arguments);
        Assert.Equal(
            execution.Received.Files.Select(file => file.Path),
            events.Single(next => next.EventCase == EventCase.Fixed).Fixed.Files.Select(file => file.Path));
    }

    [Fact]
    public async Task A_correction_that_still_fails_is_disproved_with_what_it_printed()
    {
        await using var fake = await FakeProvider.StartAsync();
        await using var execution = await FakeExecution.StartAsync();
        fake.Answer = context => ProviderWire.WriteAsync(context, [Answer]);
        execution.Answer = () => new ExecuteResponse
        {
            Outcome = Outcome.NonzeroExit,
            Compile = new StageResult { Outcome = Outcome.NonzeroExit, ExitCode = 1, Stderr = ByteString.CopyFromUtf8("syntax error") },
        };
        await using var app = AiServiceApp.For("openai", fake, ("services:execution:grpc:0", execution.Url));

        var proof = await ProveAsync(app);

        Assert.False(proof.Passed);
        Assert.Equal("NONZERO_EXIT", proof.Run.Outcome);
        Assert.Equal("syntax error", proof.Run.CompilerOutput);
        Assert.Equal(1, proof.Run.ExitCode);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, "cannot be reached")]
    [InlineData(StatusCode.ResourceExhausted, "busy")]
    [InlineData(StatusCode.InvalidArgument, "no such language")]
    public async Task A_proof_that_cannot_be_run_says_why_and_did_not_pass(StatusCode status, string reason)
    {
        await using var fake = await FakeProvider.StartAsync();
        await using var execution = await FakeExecution.StartAsync();
        fake.Answer = context => ProviderWire.WriteAsync(context, [Answer]);
        execution.Answer = () => throw new RpcException(new Status(status, "no such language"));
        await using var app = AiServiceApp.For("openai", fake, ("services:execution:grpc:0", execution.Url));

        var proof = await ProveAsync(app);

        Assert.False(proof.Passed);
        Assert.Contains(reason, proof.Run.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_execution_service_the_fix_is_handed_over_unproved()
    {
        await using var fake = await FakeProvider.StartAsync();
        fake.Answer = context => ProviderWire.WriteAsync(context, [Answer]);
        await using var app = AiServiceApp.For("openai", fake, ("services:execution:grpc:0", "http://127.0.0.1:1"));

        var events = await app.FixAsync(AiServiceApp.SampleFix());

        Assert.Contains(events, next => next.EventCase == EventCase.Fixed);
        var proof = events.Single(next => next.EventCase == EventCase.Proof).Proof;
        Assert.False(proof.Passed);
        Assert.Contains("cannot be reached", proof.Run.Message, StringComparison.Ordinal);
        Assert.Equal(EventCase.Completion, events[^1].EventCase);
    }

    [Theory]
    [InlineData("I cannot correct this.", false, "no corrected file")]
    [InlineData("Here:\n```python main.py\nprint(", true, "cut at Ai:MaxOutputTokens")]
    public async Task Without_a_whole_file_nothing_is_run(string answer, bool isCut, string reason)
    {
        await using var fake = await FakeProvider.StartAsync();
        await using var execution = await FakeExecution.StartAsync();
        fake.Answer = context => ProviderWire.WriteAsync(context, [answer], isCut);
        await using var app = AiServiceApp.For("anthropic", fake, ("services:execution:grpc:0", execution.Url));

        var events = await app.FixAsync(AiServiceApp.SampleFix());

        Assert.DoesNotContain(events, next => next.EventCase == EventCase.Fixed);
        var proof = events.Single(next => next.EventCase == EventCase.Proof).Proof;
        Assert.False(proof.Passed);
        Assert.Contains(reason, proof.Run.Message, StringComparison.Ordinal);
        Assert.Null(execution.Received);
    }

    private static async Task<Proof> ProveAsync(AiServiceApp app) =>
        (await app.FixAsync(AiServiceApp.SampleFix())).Single(next => next.EventCase == EventCase.Proof).Proof;
}
