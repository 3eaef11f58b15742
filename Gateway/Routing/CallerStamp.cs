using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Options;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Problems;
using OnlineCompiler.Gateway.Security;

namespace OnlineCompiler.Gateway.Routing;

/// <summary>
/// Puts the real caller into the runs that are passed through: fair queueing believes <c>ExecuteRequest.caller</c>, and
/// strangers must not choose their own. A message with a field twice means the later one, so the caller's name goes behind
/// the client's message, which needs no decoding and no buffering.
/// </summary>
internal static class CallerStamp
{
    public const string Service = "/onlinecompiler.execution.v1.Execution/";
    private const string EncodingHeader = "grpc-encoding";
    private const string AcceptEncodingHeader = "grpc-accept-encoding";
    private const string Identity = "identity";

    public static void UseCallerStamp(this IApplicationBuilder proxy) => proxy.Use((context, next) =>
    {
        if (StampFor(context) is { } stamp)
        {
            if (context.Request.Headers[EncodingHeader] is [{ } encoding] && encoding != Identity)
                return RefuseEncoding(context, encoding);

            context.Request.ContentLength = null;
            var body = new StampedBody(context.Request.Body, stamp.ToByteArray(), context.RequestServices.GetRequiredService<IOptions<ConnectionLimits>>().Value);
            context.Response.RegisterForDispose(body);
            context.Request.Body = body;
        }

        return next(context);
    });

    // Plain bytes cannot be put behind compressed ones. gRPC clients read the accepted encodings and may try again.
    private static Task RefuseEncoding(HttpContext context, string encoding)
    {
        context.Response.Headers[AcceptEncodingHeader] = Identity;
        GrpcAnswer.Write(context, StatusCode.Unimplemented, $"Messages must not be compressed here, not with {encoding} either.");
        return Task.CompletedTask;
    }

    private static IMessage? StampFor(HttpContext context)
    {
        var caller = Caller.Of(context);
        var request = new ExecuteRequest { Caller = caller };
        return context.Request.Path.Value switch
        {
            Service + "Execute" or Service + "ExecuteStream" => request,
            // It may begin a run or go on with one; inside, it would turn the one into the other.
            Service + "Attach" => new AttachRequest { Caller = caller, Owner = Caller.OwnerOf(context) },
            Service + "Judge" => new JudgeRequest { Program = request },
            // Beside the work, of which there are two kinds: it counts in place of the caller inside.
            Service + "Submit" => new SubmitRequest { Caller = caller },
            _ => null,
        };
    }
}
