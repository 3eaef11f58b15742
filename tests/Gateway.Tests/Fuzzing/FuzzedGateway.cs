using Google.Protobuf.WellKnownTypes;
using OnlineCompiler.Ai.V1;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Tests.Services;
using OnlineCompiler.Session.V1;

namespace OnlineCompiler.Gateway.Tests.Fuzzing;

/// <summary>A Gateway that refuses nobody for asking too often, before services that answer whatever they are asked.</summary>
internal static class FuzzedGateway
{
    private static readonly Dictionary<string, string[]> _samples = new()
    {
        ["Cookie"] = ["oc_owner=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],
        ["id"] = ["sub-1", "3q2-7wAAbbCCddEEffGGhh"],
        ["pageSize"] = ["1", "50", "100"],
        ["pageToken"] = ["", "next"],
        ["language"] = ["python", "py"],
    };

    public static IReadOnlyDictionary<string, string[]> Samples => _samples;

    public static async Task<TestGateway> StartAsync(params (string Key, string Value)[] settings)
    {
        var gateway = await TestGateway.StartAsync(
        [
            ("Gateway:RateLimits:RequestsPerSecond", "100000"), ("Gateway:RateLimits:RequestBurst", "1000000"),
            ("Gateway:RateLimits:RunsPerSecond", "100000"), ("Gateway:RateLimits:RunBurst", "1000000"), ("Gateway:RateLimits:ConcurrentRuns", "1000"),
            .. settings,
        ]);
        var services = gateway.Services;
        services.Execution.OnStream = async (_, events, _) =>
        {
            foreach (var item in new[] { FakeExecution.Accepted, FakeExecution.Started, FakeExecution.Output("42\n"), FakeExecution.Finished, new ExecuteEvent { Result = FakeExecution.Answer("python", "42\n") } })
                await events.WriteAsync(item);
        };
        services.Assistant.Events =
        [
            new AssistantEvent { Text = "It divides by zero." },
            new AssistantEvent { Completion = new Completion { Model = "example", InputTokens = 1, OutputTokens = 2 } },
        ];
        services.Sessions.Record = new SessionRecord
        {
            Id = "3q2-7wAAbbCCddEEffGGhh",
            Version = 1,
            CreatedAt = new Timestamp(),
            SavedAt = new Timestamp(),
            ExpiresAt = new Timestamp(),
            Content = new SessionContent { Language = "python", Files = { new SessionFile { Path = "main.py", Content = "x" } } },
        };
        services.Sessions.Snapshot = new Snapshot { Id = "pZGm1Av0IEBK", CreatedAt = new Timestamp(), Content = services.Sessions.Record.Content };
        return gateway;
    }
}
