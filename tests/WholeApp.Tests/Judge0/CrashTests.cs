using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using OnlineCompiler.WholeApp.Tests.Executions;
using OnlineCompiler.WholeApp.Tests.Machine;

namespace OnlineCompiler.WholeApp.Tests.Judge0;

public sealed class CrashTests
{
    private const string MarkVariable = "OC_TEST_MARK";

    [Fact]
    public async Task What_was_submitted_before_the_Gateway_was_killed_comes_to_its_end_and_is_told()
    {
        using var data = new TemporaryFolder();
        var mark = $"judged-{Guid.NewGuid():N}";
        await using var receiver = await JudgeReceiver.StartAsync();
        await using var app = await OnlineCompilerApp.StartAsync(
            data.Path,
            new ServiceSetting("gateway", MarkVariable, mark),
            new ServiceSetting("gateway", "Gateway__Callbacks__AllowedNetworks__0", "127.0.0.0/8"),
            new ServiceSetting("gateway", "Gateway__Callbacks__AllowedPorts__0", $"{receiver.Url.Port}"),
            // What the killed one was sending is another's sooner.
            new ServiceSetting("gateway", "Gateway__Callbacks__Timeout", "00:00:01"),
            new ServiceSetting("gateway", "Gateway__Judge0__CallbackTimeout", "00:00:01"));
        var batch = new
        {
            submissions = Enumerable.Range(0, 12).Select(i => JudgeClient.Of(JudgeClient.Bash, $"(exec -a {mark} sleep 0.3); echo {i}").With("number_of_runs", 2).With("callback_url", receiver.Url.AbsoluteUri)),
        };
        using var created = await app.Http.PostAsJsonAsync("/judge0/submissions/batch", batch, TestContext.Current.CancellationToken);
        var tokens = (await created.ReadJsonAsync()).AsArray().Select(answer => answer!["token"].Text()).ToList();
        var gateway = LinuxProcess.All().Single(process => HasVariable(process, $"{MarkVariable}={mark}"));
        await Eventually.TrueAsync("one runs", TimeSpan.FromSeconds(30), () => LinuxProcess.Marked(mark).Any());

        Signals.Send(gateway.Id, Signals.Kill);

        // Noted without anyone asking for one of them, the second runs as well.
        await Eventually.TrueAsync("nothing is left to do", TimeSpan.FromSeconds(60), async () => await AskAsync(app, "workers") is [{ } worker] && (int)worker["size"]! == 0);
        var answers = (await app.Http.GetFromJsonAsync<JsonNode>($"/judge0/submissions/batch?tokens={string.Join(',', tokens)}", TestContext.Current.CancellationToken))!;
        Assert.Equal(
            Enumerable.Range(0, 12).Select(i => (3, $"{i}\n")),
            answers["submissions"]!.AsArray().Select(answer => ((int)answer!["status"]!["id"]!, answer["stdout"].Text())));
        await Eventually.TrueAsync("all are told", TimeSpan.FromSeconds(60), () => tokens.All(receiver.Received.ContainsKey));
        Assert.Equal(
            Enumerable.Range(0, 12).Select(i => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{i}\n")) + "\n"),
            tokens.Select(token => receiver.Received[token]["stdout"].Text()));
    }

    private static bool HasVariable(LinuxProcess process, string variable)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/environ").Split('\0').Contains(variable);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Null while the Gateway is away.</summary>
    private static async Task<JsonArray?> AskAsync(OnlineCompilerApp app, string path)
    {
        try
        {
            return await app.Http.GetFromJsonAsync<JsonArray>($"/judge0/{path}", TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
