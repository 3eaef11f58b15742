using Microsoft.AspNetCore.Mvc;
using ModelContextProtocol.Protocol;
using OnlineCompiler.Gateway.Api;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Mcp;

/// <summary>
/// Tools for agents: the Model Context Protocol over streamable HTTP (https://modelcontextprotocol.io). Each call stands alone, so
/// any number of gateways can serve one agent. Behind it are the same calls, callers and limits as behind the native API.
/// </summary>
internal static class McpExtensions
{
    public const string Path = "/mcp";

    private const string Instructions =
        "Compiles and runs programs in many languages, each in a fresh sandbox without a network: nothing is kept between two runs. " +
        "A program that fails is an answer with an outcome, not an error. list_languages tells ids, versions and libraries.";

    public static void AddMcp(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services
            .AddMcpServer(options =>
            {
                options.ServerInfo = new Implementation { Name = "onlinecompiler", Title = "OnlineCompiler", Version = typeof(McpExtensions).Assembly.GetName().Version!.ToString(3) };
                options.ServerInstructions = Instructions;
            })
            .WithHttpTransport(transport => transport.Stateless = true)
            .WithTools<RunCodeTool>(ToolJson.Options)
            .WithTools<JudgeTool>(ToolJson.Options)
            .WithTools<ListLanguagesTool>(ToolJson.Options)
            .WithTools<ExplainErrorTool>(ToolJson.Options);
    }

    public static void UseAgents(this WebApplication app) => app.UseMessageCheck();

    public static void MapAgents(this WebApplication app) =>
        app.MapMcp(Path)
            .RequireRateLimiting(RateLimits.Runs)
            // Each tool asks for its own: all of them are one path.
            .RequireScope(null)
            .WithMetadata(new RequestSizeLimitAttribute(BodyRules.MaxBodyBytes));
}
