using Microsoft.AspNetCore.Cors;
using OnlineCompiler.Gateway.Api.Ai;
using OnlineCompiler.Gateway.Api.Documents;
using OnlineCompiler.Gateway.Api.Executions;
using OnlineCompiler.Gateway.Api.Judgements;
using OnlineCompiler.Gateway.Api.Languages;
using OnlineCompiler.Gateway.Api.Sessions;
using OnlineCompiler.Gateway.Api.Submissions;
using OnlineCompiler.Gateway.Interactive;
using OnlineCompiler.Gateway.Json;
using OnlineCompiler.Gateway.Security.Limits;
using OnlineCompiler.ServiceDefaults;

namespace OnlineCompiler.Gateway.Api;

internal static class ApiExtensions
{
    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddGrpcServiceClient<ExecutionClient>("execution");
        builder.Services.AddGrpcServiceClient<SessionsClient>("session");
        builder.Services.AddGrpcServiceClient<AssistantClient>("ai");
        builder.Services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddTransient<SubmissionCalls>();
        builder.Services.AddOptions<StreamOptions>()
            .BindConfiguration(StreamOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.AddApiDocument();
        builder.AddInteractive();
    }

    public static void UseApi(this WebApplication app)
    {
        app.UseBodyRules();
        app.UseInteractive();
    }

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1")
            .WithMetadata(new EnableCorsAttribute())
            .RequireRateLimiting(RateLimits.Requests)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        api.MapLanguagesApi();
        api.MapExecutionsApi();
        api.MapInteractiveApi();
        api.MapJudgementsApi();
        api.MapSubmissionsApi();
        api.MapSessionsApi();
        api.MapSnapshotsApi();
        api.MapAiApi();

        app.MapApiDocument();
        app.MapUnknownApi();
    }
}
