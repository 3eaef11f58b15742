using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Microsoft.Extensions.AI;
using OpenAI;

namespace OnlineCompiler.AiService.Models;

/// <summary>The providers' own SDKs, made to send through our HTTP client and to never retry by themselves.</summary>
internal static class ProviderClients
{
    private const string OpenAiEndpoint = "https://api.openai.com/v1";
    private const string AnthropicEndpoint = "https://api.anthropic.com";

    /// <summary>Servers of one's own often want no key, but the SDK does.</summary>
    private const string NoKey = "none";

    public static IChatClient Create(AiOptions options, HttpClient http) =>
        options.IsProvider(AiOptions.Anthropic) ? CreateAnthropic(options, http) : CreateOpenAi(options, http);

    private static IChatClient CreateOpenAi(AiOptions options, HttpClient http)
    {
        var key = string.IsNullOrWhiteSpace(options.ApiKey) ? NoKey : options.ApiKey;
        var client = new OpenAIClient(new ApiKeyCredential(key), new OpenAIClientOptions
        {
            Endpoint = new Uri(EndpointOr(options, OpenAiEndpoint)),
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = options.Timeout,
        });
        return client.GetChatClient(options.Model).AsIChatClient();
    }

    private static IChatClient CreateAnthropic(AiOptions options, HttpClient http) =>
        new AnthropicClient
        {
            ApiKey = options.ApiKey,
            BaseUrl = EndpointOr(options, AnthropicEndpoint),
            HttpClient = http,
            MaxRetries = 0,
            Timeout = options.Timeout,
            // The spans are ours (UseOpenTelemetry); the SDK's own could be made to hold prompts by its environment variables.
            OpenTelemetry = false,
        }.AsIChatClient(options.Model, options.MaxOutputTokens);

    private static string EndpointOr(AiOptions options, string usual) =>
        string.IsNullOrWhiteSpace(options.Endpoint) ? usual : options.Endpoint;
}
