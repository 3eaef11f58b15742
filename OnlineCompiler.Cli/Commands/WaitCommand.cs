using System.CommandLine;
using OnlineCompiler.Cli.Programs;
using OnlineCompiler.Cli.Running;
using OnlineCompiler.Cli.Terminals;
using OnlineCompiler.Client;

namespace OnlineCompiler.Cli.Commands;

/// <summary><c>oc wait</c> and <c>oc cancel</c></summary>
internal static class WaitCommand
{
    public static Command Create()
    {
        var (id, server, apiKey, output) = (Id(), new ServerOption(), new ApiKeyOption(), new OutputOption());
        var command = new Command("wait", "Wait until a submission has ended, print what it printed and exit as it did") { id, output, server, apiKey };
        command.SetAction((parsed, cancellationToken) => Failures.ReportAsync(parsed.GetRequiredValue(server), async () =>
        {
            using var client = ServerOption.CreateClient(parsed.GetRequiredValue(server), parsed.GetValue(apiKey));
            return await TellAsync(await client.WaitAsync(parsed.GetRequiredValue(id), cancellationToken), parsed.GetRequiredValue(output), cancellationToken);
        }));
        return command;
    }

    public static Command CreateCancel()
    {
        var (id, server, apiKey) = (Id(), new ServerOption(), new ApiKeyOption());
        var command = new Command("cancel", "Cancel a submission, and print what it is then") { id, server, apiKey };
        command.SetAction((parsed, cancellationToken) => Failures.ReportAsync(parsed.GetRequiredValue(server), async () =>
        {
            using var client = ServerOption.CreateClient(parsed.GetRequiredValue(server), parsed.GetValue(apiKey));
            var submission = await client.CancelAsync(parsed.GetRequiredValue(id), cancellationToken);
            StandardStreams.WriteOutput(submission.State.ToString().ToLowerInvariant() + "\n");
            return 0;
        }));
        return command;
    }

    private static Argument<string> Id() => new("id") { Description = "As oc submit has printed it" };

    private static async Task<int> TellAsync(Submission submission, DirectoryInfo output, CancellationToken cancellationToken)
    {
        if (submission.Execution is not { } result)
        {
            StandardStreams.Say(submission.Message ?? $"The submission was {submission.State.ToString().ToLowerInvariant()}.");
            return ExitStatus.OwnFailure;
        }

        // What a compiler prints is never the program's output.
        StandardStreams.WriteError((result.Compile?.Stdout ?? default).Bytes.Span);
        StandardStreams.WriteError((result.Compile?.Stderr ?? default).Bytes.Span);
        StandardStreams.WriteOutput((result.Run?.Stdout ?? default).Bytes.Span);
        StandardStreams.WriteError((result.Run?.Stderr ?? default).Bytes.Span);
        if (submission.ResultCut)
            StandardStreams.Say("The result was too large to be kept; its end is missing.");
        var artifacts = new ArtifactFolder(output);
        foreach (var artifact in result.Artifacts)
            await artifacts.WriteAsync(artifact, cancellationToken);
        return ResultReport.Say(result);
    }
}
