namespace OnlineCompiler.Gateway.Problems;

internal static class ProblemsExtensions
{
    public static void AddProblems(this WebApplicationBuilder builder)
    {
        builder.Services.AddExceptionHandler<ProblemExceptionHandler>();
        // Binding errors reach the handler above too, in every environment.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(_ => { });

        // Bare statuses of the API get a body; those of the web and of gRPC are theirs to describe.
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase),
            api => api.UseStatusCodePages(pages => ProblemWriter.WriteAsync(
                pages.HttpContext, ProblemWriter.ForStatus(pages.HttpContext, pages.HttpContext.Response.StatusCode))));
    }
}
