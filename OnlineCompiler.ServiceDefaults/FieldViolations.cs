using System.Text;
using Google.Rpc;
using Grpc.Core;

namespace OnlineCompiler.ServiceDefaults;

/// <summary>
/// Gathers what is wrong with a request, so that a caller hears of everything at once, and says it as
/// <c>INVALID_ARGUMENT</c> with a <c>google.rpc.BadRequest</c>. Field names are those of the proto, e.g. <c>files[0].path</c>.
/// </summary>
public sealed class FieldViolations
{
    private readonly BadRequest _badRequest;
    private readonly string _prefix;

    public FieldViolations()
        : this(new BadRequest(), "")
    {
    }

    private FieldViolations(BadRequest badRequest, string prefix) => (_badRequest, _prefix) = (badRequest, prefix);

    /// <summary>The same violations; what is added here is about fields of the message in <paramref name="field"/>.</summary>
    public FieldViolations Of(string field) => new(_badRequest, $"{_prefix}{field}.");

    public void Add(string field, string description) =>
        _badRequest.FieldViolations.Add(new BadRequest.Types.FieldViolation { Field = _prefix + field, Description = description });

    public void AddIf(bool violated, string field, string description)
    {
        if (violated)
            Add(field, description);
    }

    /// <summary>Adds a violation when <paramref name="text"/> is longer than <paramref name="maxBytes"/> as UTF-8.</summary>
    public void AddIfLonger(string text, int maxBytes, string field) =>
        AddIf(Encoding.UTF8.GetByteCount(text) > maxBytes, field, $"must be at most {maxBytes} bytes");

    /// <exception cref="RpcException"><c>INVALID_ARGUMENT</c>, when anything was added.</exception>
    public void ThrowIfAny()
    {
        if (_badRequest.FieldViolations.Count == 0)
            return;

        var first = _badRequest.FieldViolations[0];
        throw new Google.Rpc.Status
        {
            Code = (int)Code.InvalidArgument,
            Message = $"{first.Field}: {first.Description}",
            Details = { Google.Protobuf.WellKnownTypes.Any.Pack(_badRequest) },
        }.ToRpcException();
    }
}
