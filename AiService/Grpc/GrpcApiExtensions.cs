namespace OnlineCompiler.AiService.Grpc;

internal static class GrpcApiExtensions
{
    public static void AddAssistantApi(this IServiceCollection services) =>
        services.AddGrpc(options => options.Interceptors.Add<ModelFailureInterceptor>());

    public static void MapAssistantApi(this WebApplication app) => app.MapGrpcService<AssistantApi>();
}
