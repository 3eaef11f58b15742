using System.Globalization;
using Grpc.Core;

namespace OnlineCompiler.Gateway.Problems;

/// <summary>Refuses a gRPC call in gRPC's own words: status 200 and no message, the error in the headers ("trailers-only").</summary>
internal static class GrpcAnswer
{
    private const string ContentType = "application/grpc";

    public static bool IsExpected(HttpRequest request) =>
        request.ContentType?.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) is true;

    public static void Write(HttpContext context, StatusCode status, string message)
    {
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = ContentType;
        context.Response.Headers["grpc-status"] = ((int)status).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["grpc-message"] = Uri.EscapeDataString(message);
    }
}
