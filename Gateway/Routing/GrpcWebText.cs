using OnlineCompiler.Gateway.Problems;

namespace OnlineCompiler.Gateway.Routing;

/// <summary>
/// The text form of gRPC-Web, which pages need for streams, is Base64. It is decoded for those who read the body by its pipe, and
/// what is passed through is read by its stream.
/// </summary>
internal static class GrpcWebText
{
    public static void UseGrpcWebText(this IApplicationBuilder proxy) => proxy.Use((context, next) =>
    {
        if (GrpcAnswer.IsExpected(context.Request))
        {
            context.Request.Body = context.Request.BodyReader.AsStream();
            // That of the text.
            context.Request.ContentLength = null;
        }
        return next(context);
    });
}
