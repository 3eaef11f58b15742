using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;
using OnlineCompiler.Ai.V1;
using ProgramMessage = OnlineCompiler.Ai.V1.Program;

namespace OnlineCompiler.AiService.Tests;

/// <summary>The whole service in this process, called over gRPC, with a log that the test can read.</summary>
internal sealed class AiServiceApp : IAsyncDisposable
{
    private static readonly string[] LogCategories = ["Default", "Microsoft.AspNetCore", "System.Net.Http.HttpClient"];

    private readonly WebApplicationFactory<global::Program> _factory;
    private readonly GrpcChannel _channel;

    private AiServiceApp(params (string Key, string Value)[] settings)
    {
        _factory = new WebApplicationFactory<global::Program>().WithWebHostBuilder(host =>
        {
            foreach (var category in LogCategories)
                host.UseSetting($"Logging:LogLevel:{category}", nameof(LogLevel.Trace));
            foreach (var (key, value) in settings)
                host.UseSetting(key, value);
            host.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log));
        });
        _channel = GrpcChannel.ForAddress(
            _factory.Server.BaseAddress, new GrpcChannelOptions { HttpHandler = _factory.Server.CreateHandler() });
        Client = new Assistant.AssistantClient(_channel);
    }

    public Assistant.AssistantClient Client { get; }

    public CapturedLog Log { get; } = new();

    public HttpClient Http => _factory.CreateClient();

    public static AiServiceApp With(params (string Key, string Value)[] settings) => new(settings);

    public static AiServiceApp For(string provider, FakeProvider fake, params (string Key, string Value)[] more) => new(
    [
        ("Ai:Provider", provider),
        // OpenAI's clients count the version as a part of the address, Anthropic's do not.
        ("Ai:Endpoint", provider == "openai" ? $"{fake.Url}/v1" : fake.Url),
        ("Ai:Model", "configured-model"),
        ("Ai:ApiKey", Secrets.ApiKey),
        .. more,
    ]);

    public async Task<List<AssistantEvent>> ExplainAsync(ExplainRequest request)
    {
        using var call = Client.Explain(request);
        return await ReadAsync(call);
    }

    public async Task<List<AssistantEvent>> FixAsync(FixRequest request)
    {
        using var call = Client.Fix(request);
        return await ReadAsync(call);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _factory.DisposeAsync();
    }

    public static ProgramMessage SampleProgram() => new()
    {
        Language = "python",
        Files = { new ProgramFile { Path = "main.py", Content = $"print(inputt())  # {Secrets.Code}\n" } },
        EntryPoint = "main.py",
        Stdin = $"{Secrets.Stdin}\n",
        Arguments = { "--loud" },
    };

    public static ExplainRequest SampleQuestion() => new()
    {
        Program = SampleProgram(),
        LastRun = new RunReport { Outcome = "NONZERO_EXIT", Stderr = "NameError: name 'inputt' is not defined", ExitCode = 1 },
        Question = Secrets.Question,
    };

    public static FixRequest SampleFix() => new() { Program = SampleProgram(), Instruction = Secrets.Question };

    public static async Task<RpcException> FailsAsync(StatusCode expected, Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(expected, exception.StatusCode);
        return exception;
    }

    public static string TextOf(IEnumerable<AssistantEvent> events) =>
        string.Concat(events.Where(next => next.EventCase == AssistantEvent.EventOneofCase.Text).Select(next => next.Text));

    private static async Task<List<AssistantEvent>> ReadAsync(AsyncServerStreamingCall<AssistantEvent> call)
    {
        var events = new List<AssistantEvent>();
        await foreach (var next in call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
            events.Add(next);
        return events;
    }
}
