using System.Buffers.Binary;
using Google.Protobuf;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.Gateway.Api.Judgements;
using OnlineCompiler.Gateway.Api.Submissions;
using OnlineCompiler.Gateway.Security;
using OnlineCompiler.Gateway.Security.Limits;

namespace OnlineCompiler.Gateway.Routing;

/// <summary>
/// Charges judgements that are passed through, submitted or not, for the runs they make, as those of the native API are. Only the message tells
/// how many, so it is read whole; the request body limit bounds it.
/// </summary>
internal static class JudgementCharge
{
    private const int HeaderBytes = 5;
    private const string Judge = CallerStamp.Service + "Judge";
    private const string Submit = CallerStamp.Service + "Submit";

    public static void UseJudgementCharge(this IApplicationBuilder proxy) => proxy.Use(async (context, next) =>
    {
        if (context.Request.Path.Value is not (Judge or Submit))
        {
            await next(context);
            return;
        }

        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        body.Position = 0;
        context.Request.Body = body;
        var budget = context.RequestServices.GetRequiredService<RunBudget>();
        if (budget.TryTake(Caller.Of(context), RunsOf(body, context.Request.Path.Value) - 1, out var refusal))
            await next(context);
        else
            RateLimits.RefuseCall(context, refusal);
    });

    /// <summary>1 for what is no judgement; the service says so.</summary>
    private static int RunsOf(MemoryStream body, string method)
    {
        var bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
        if (bytes.Length < HeaderBytes || BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]) is var length && length > bytes.Length - HeaderBytes)
            return 1;
        try
        {
            var message = bytes.Slice(HeaderBytes, (int)length);
            return method == Judge ? JudgeRequest.Parser.ParseFrom(message).Runs() : SubmitRequest.Parser.ParseFrom(message).Runs();
        }
        catch (InvalidProtocolBufferException)
        {
            return 1;
        }
    }
}
