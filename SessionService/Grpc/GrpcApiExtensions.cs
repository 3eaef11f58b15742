namespace OnlineCompiler.SessionService.Grpc;

internal static class GrpcApiExtensions
{
    public static void AddSessionsApi(this IServiceCollection services) =>
        services.AddGrpc(options => options.Interceptors.Add<StoreUnavailableInterceptor>());

    public static void MapSessionsApi(this WebApplication app) => app.MapGrpcService<SessionsApi>();
}
