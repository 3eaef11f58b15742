using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.Extensions.Options;
using OnlineCompiler.AiService.Models;
using OnlineCompiler.Execution.V1;
using ExecutionClient = OnlineCompiler.Execution.V1.Execution.ExecutionClient;

namespace OnlineCompiler.AiService.Assistance;

/// <summary>Runs a corrected program as the user's was run, by the execution service, in its sandbox.</summary>
internal sealed class ProofRunner(ExecutionClient execution, IOptions<AiOptions> options, TimeProvider time, ILogger<ProofRunner> logger)
{
    private const string Caller = "assistant";
    private const string OutcomePrefix = "OUTCOME_";

    private static readonly EnumDescriptor Outcomes = RunsReflection.Descriptor.FindTypeByName<EnumDescriptor>(nameof(Outcome));

    /// <summary>The outcome is a proof that failed, not an error, whatever happens short of the caller leaving.</summary>
    public async Task<AssistanceEvent.Proof> RunAsync(SubmittedProgram program, CancellationToken cancellationToken)
    {
        try
        {
            var deadline = time.GetUtcNow().UtcDateTime + options.Value.ProofTimeout;
            var answer = await execution.ExecuteAsync(ToRequest(program), deadline: deadline, cancellationToken: cancellationToken);
            return new AssistanceEvent.Proof(answer.Outcome == Outcome.Succeeded, ToRun(answer));
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            logger.ProofNotRun(exception.StatusCode);
            return new AssistanceEvent.Proof(false, ObservedRun.OfMessage(Explain(exception.Status)));
        }
    }

    private static ExecuteRequest ToRequest(SubmittedProgram program) => new()
    {
        Caller = Caller,
        Language = program.Language,
        Files = { program.Files.Select(file => new SourceFile { Path = file.Path, Content = ByteString.CopyFromUtf8(file.Content) }) },
        EntryPoint = program.EntryPoint,
        Stdin = ByteString.CopyFromUtf8(program.Stdin),
        Arguments = { program.Arguments },
    };

    private static ObservedRun ToRun(ExecuteResponse answer)
    {
        var last = answer.Run ?? answer.Compile;
        return new ObservedRun(
            NameOf(answer.Outcome),
            Shorten(answer.Compile?.Stderr, answer.Compile?.Stdout),
            Shorten(answer.Run?.Stdout),
            Shorten(answer.Run?.Stderr),
            last is { HasExitCode: true } ? last.ExitCode : null,
            last?.Message ?? "");
    }

    private static string Shorten(params ReadOnlySpan<ByteString?> outputs)
    {
        var text = new StringBuilder();
        foreach (var output in outputs)
            text.Append(output?.ToStringUtf8());
        return MiddleCut.Apply(text.ToString(), ObservedRun.MaxTextBytes);
    }

    /// <summary>As the proto spells it, without the prefix: NONZERO_EXIT.</summary>
    private static string NameOf(Outcome outcome) =>
        Outcomes.FindValueByNumber((int)outcome)?.Name[OutcomePrefix.Length..] ?? outcome.ToString();

    private static string Explain(Status status) => status.StatusCode switch
    {
        StatusCode.InvalidArgument or StatusCode.FailedPrecondition => $"The corrected program was not run: {status.Detail}",
        StatusCode.ResourceExhausted => "The corrected program was not run: the execution service is busy.",
        StatusCode.DeadlineExceeded => "The corrected program was not run in time.",
        _ => "The corrected program was not run: the execution service cannot be reached.",
    };
}
