using Grpc.Core;
using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Routing;

/// <summary>
/// Of gRPC-Web the binary form is spoken here, as by every current client. The middleware that translates it reads the other one, in
/// Base64, by pipes alone, which a proxy does not, and breaks the connection off when it is no Base64. So that is refused first.
/// </summary>
internal static class GrpcWebText
{
    private const string ContentType = "application/grpc-web-text";

    public static void UseGrpcWebTextRefusal(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Request.ContentType?.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) is not true)
            return next(context);
        GrpcAnswer.Write(context, StatusCode.Unimplemented, "gRPC-Web is spoken here in its binary form: application/grpc-web.");
        context.Response.ContentType = ContentType;
        return Task.CompletedTask;
    });
}
