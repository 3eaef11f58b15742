using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Tests.Services;

namespace OnlineCompiler.Gateway.Tests.Piston;

/// <summary>A Gateway with some languages, spoken to as Piston's clients do.</summary>
internal static class Instance
{
    public const string Execute = "/api/v2/execute";
    public const string Program = """{"language":"python","version":"3.x","files":[{"content":"x"}]}""";

    private static readonly Language[] Languages =
    [
        FakeExecution.Python,
        Installed("cpp", "main.cpp", ["12.2.0"], [".cpp", ".cc", ".hpp", ".h"], compiled: true, "c++", "cxx", "g++"),
        Installed("java", "Main.java", ["17.0.16"], [".java"], compiled: true, "jdk"),
        Installed("javascript", "main.js", ["26.1.0", "20.19.2"], [".js", ".mjs"], compiled: false, "js", "node"),
        Installed("rust", "main.rs", ["1.63"], [".rs"], compiled: true, "rs"),
        Installed("csharp", "Program.cs", ["10.0.1"], [".cs"], compiled: true, "c#", "cs"),
        Installed("zsh", "main.zsh", ["5.9"], [".zsh"], compiled: false),
        new Language { Id = "swift", Name = "Swift", InstallCommand = "install swift" },
    ];

    public static async Task<TestGateway> StartAsync(params (string Key, string Value)[] settings)
    {
        var gateway = await TestGateway.StartAsync(settings);
        var languages = gateway.Services.Execution.Languages.Languages;
        languages.Clear();
        languages.Add(Languages);
        gateway.Services.Execution.OnStream = Answer(new StageResult { Outcome = Outcome.Succeeded, ExitCode = 0 });
        return gateway;
    }

    /// <summary>A service whose every run ends like this, after this output.</summary>
    public static FakeExecution.Stream Answer(StageResult run, params Output[] outputs) => Stages(null, run, outputs);

    public static FakeExecution.Stream Stages(StageResult? compile, StageResult? run, params Output[] outputs) => async (_, events, _) =>
    {
        await events.WriteAsync(FakeExecution.Accepted);
        foreach (var output in outputs)
            await events.WriteAsync(new ExecuteEvent { Output = output });
        await events.WriteAsync(new ExecuteEvent { Result = new ExecuteResponse { Compile = compile, Run = run } });
    };

    public static Output Printed(string text, Output.Types.Stream stream = Output.Types.Stream.Stdout, Stage stage = Stage.Run) =>
        Printed(Encoding.UTF8.GetBytes(text), stream, stage);

    public static Output Printed(byte[] data, Output.Types.Stream stream = Output.Types.Stream.Stdout, Stage stage = Stage.Run) =>
        new() { Stage = stage, Stream = stream, Data = ByteString.CopyFrom(data) };

    /// <summary>The job of the documentation, with other members; a null takes one out.</summary>
    public static string With(string members)
    {
        var job = JsonNode.Parse(Program)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(members)!.AsObject())
            job[name] = value?.DeepClone();
        return job.ToJsonString();
    }

    public static async Task<JsonNode> RunAsync(this TestGateway gateway, string job, string path = Execute)
    {
        var response = await gateway.PostAsync(path, job);
        var answer = await response.JsonAsync();
        Assert.True(response.StatusCode is HttpStatusCode.OK, answer.ToJsonString());
        return answer;
    }

    /// <summary>The message of a refusal, after checking what every refusal has.</summary>
    public static async Task<string> MessageAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        return body["message"].Deserialize<string>()!;
    }

    private static Language Installed(string id, string entryPoint, string[] versions, string[] extensions, bool compiled, params string[] aliases) => new()
    {
        Id = id,
        Name = id,
        Installed = true,
        Version = versions[^1],
        Versions = { versions },
        EntryPoint = entryPoint,
        Extensions = { extensions },
        Compiled = compiled,
        Aliases = { aliases },
    };
}
