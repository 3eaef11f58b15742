using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Protobuf;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Tests.Services;

namespace OnlineCompiler.Gateway.Tests.Judge0;

/// <summary>A Gateway with some languages, spoken to as Judge0's clients do.</summary>
internal static partial class JudgeServer
{
    public const string Submissions = "/judge0/submissions";
    public const string Wait = "/judge0/submissions?wait=true";
    public const string Program = """{"source_code":"print(42)","language_id":71}""";

    private static readonly Language[] Languages =
    [
        FakeExecution.Python,
        Installed("cpp", "main.cpp", compiled: true, "12.2.0"),
        Installed("bash", "main.sh", compiled: false, "5.2.15"),
        Installed("javascript", "main.js", compiled: false, "26.1.0", "20.19.2"),
        new Language { Id = "rust", Name = "Rust", InstallCommand = "install rust" },
    ];

    public static async Task<TestGateway> StartAsync(params (string Key, string Value)[] settings)
    {
        var gateway = await TestGateway.StartAsync(settings);
        var languages = gateway.Services.Execution.Languages.Languages;
        languages.Clear();
        languages.Add(Languages);
        return gateway;
    }

    /// <summary>One whose every run ends like this.</summary>
    public static async Task<TestGateway> StartAsync(ExecuteResponse response, params (string Key, string Value)[] settings)
    {
        var gateway = await StartAsync(settings);
        gateway.Services.Execution.OnExecute = _ => Task.FromResult(response);
        return gateway;
    }

    public static ExecuteResponse Ran(Outcome outcome, string stdout = "", string stderr = "", int? exitCode = null, string signal = "", string message = "") =>
        Ran(outcome, ByteString.CopyFromUtf8(stdout), stderr, exitCode, signal, message);

    public static ExecuteResponse Ran(Outcome outcome, ByteString stdout, string stderr = "", int? exitCode = null, string signal = "", string message = "")
    {
        var run = new StageResult
        {
            Outcome = outcome,
            Stdout = stdout,
            Stderr = ByteString.CopyFromUtf8(stderr),
            Signal = signal,
            Message = message,
            UserCpuTimeMs = 12.2,
            SystemCpuTimeMs = 3.6,
            WallTimeMs = 290,
            MemoryPeakBytes = 9_437_184,
        };
        if (exitCode is { } code)
            run.ExitCode = code;
        return new ExecuteResponse { Outcome = outcome, Run = run };
    }

    public static ExecuteResponse Succeeded(string stdout) => Ran(Outcome.Succeeded, stdout, exitCode: 0);

    /// <summary>The body after checking the status, with <c>TOKEN</c> in the place of each token.</summary>
    public static async Task<string> BodyAsync(this HttpResponseMessage response, int status)
    {
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == status, $"{response.StatusCode}: {body}");
        return Token().Replace(body, "TOKEN");
    }

    public static async Task<JsonNode> SubmitAsync(this TestGateway gateway, string body, string path = Wait)
    {
        using var response = await gateway.PostAsync(path, body);
        var answer = await response.JsonAsync();
        Assert.True(response.StatusCode is HttpStatusCode.Created, answer.ToJsonString());
        return answer;
    }

    public static async Task<JsonNode> GetAsync(this TestGateway gateway, string path) =>
        JsonNode.Parse(await (await gateway.Http.GetAsync(path, TestContext.Current.CancellationToken)).BodyWithTokensAsync())!;

    /// <summary>The program with other parameters; a null takes one out.</summary>
    public static string With(string parameters)
    {
        var body = JsonNode.Parse(Program)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(parameters)!.AsObject())
        {
            body.Remove(name);
            if (value is not null)
                body[name] = value.DeepClone();
        }

        return body.ToJsonString();
    }

    private static async Task<string> BodyWithTokensAsync(this HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode is HttpStatusCode.OK, $"{response.StatusCode}: {body}");
        return body;
    }

    private static Language Installed(string id, string entryPoint, bool compiled, params string[] versions) => new()
    {
        Id = id,
        Name = id,
        Installed = true,
        Version = versions[^1],
        Versions = { versions },
        EntryPoint = entryPoint,
        Compiled = compiled,
    };

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")]
    private static partial Regex Token();
}
