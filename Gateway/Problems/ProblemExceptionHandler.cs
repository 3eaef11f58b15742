using Microsoft.AspNetCore.Diagnostics;

namespace OnlineCompiler.Gateway.Problems;

/// <summary>Answers every exception of a request that has not begun to answer.</summary>
internal sealed class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = ProblemKind.ClientClosed.Status;
            return true;
        }

        var problem = ProblemWriter.From(httpContext, exception);
        if (problem.Status >= StatusCodes.Status500InternalServerError)
            logger.RequestFailed(exception, httpContext.Request.Method, httpContext.Request.Path, problem.Status.Value);
        await ProblemWriter.WriteAsync(httpContext, problem);
        return true;
    }
}
