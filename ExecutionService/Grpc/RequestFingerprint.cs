using System.Security.Cryptography;
using Google.Protobuf;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.ExecutionService.Grpc;

/// <summary>Tells whether two submissions ask for the same: a hash of everything but what names the run.</summary>
internal static class RequestFingerprint
{
    public static byte[] Of(SubmitRequest request)
    {
        var plain = request.Clone();
        plain.IdempotencyKey = plain.Caller = "";
        foreach (var program in new[] { plain.Execution, plain.Judgement?.Program, plain.Judgement?.Checker, plain.Judgement?.Interactor }.OfType<ExecuteRequest>())
            Simplify(program);
        return SHA256.HashData(plain.ToByteArray());
    }

    private static void Simplify(ExecuteRequest program)
    {
        program.RequestId = program.Caller = "";
        // Maps keep the order that they were filled in, which means nothing.
        var environment = program.Environment.OrderBy(variable => variable.Key, StringComparer.Ordinal).ToList();
        program.Environment.Clear();
        foreach (var (name, value) in environment)
            program.Environment[name] = value;
    }
}
