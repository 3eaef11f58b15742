using System.Globalization;
using System.Text;
using Google.Rpc;
using Grpc.Core;

namespace OnlineCompiler.ServiceDefaults;

/// <summary>
/// Gathers what is wrong with a request, so that a caller hears of everything at once, and says it as
/// <c>INVALID_ARGUMENT</c> with a <c>google.rpc.BadRequest</c>. Field names are those of the proto, e.g. <c>files[0].path</c>.
/// </summary>
/// <remarks>
/// A refusal travels in headers, of which clients take 64 KiB: of very much that is wrong the first is told, and how much is left.
/// </remarks>
public sealed class FieldViolations
{
    private const int MaxBytes = 16 * 1024;
    private const int MaxFieldCharacters = 256;
    private const int MaxDescriptionCharacters = 512;

    private readonly Found _found;
    private readonly string _prefix;

    public FieldViolations()
        : this(new Found(), "")
    {
    }

    private FieldViolations(Found found, string prefix) => (_found, _prefix) = (found, prefix);

    /// <summary>The same violations; what is added here is about fields of the message in <paramref name="field"/>.</summary>
    public FieldViolations Of(string field) => new(_found, $"{_prefix}{field}.");

    public void Add(string field, string description)
    {
        var violation = new BadRequest.Types.FieldViolation
        {
            Field = Cut(_prefix + field, MaxFieldCharacters),
            Description = Cut(description, MaxDescriptionCharacters),
        };
        if (_found.LeftOut == 0 && _found.BadRequest.CalculateSize() + violation.CalculateSize() <= MaxBytes)
            _found.BadRequest.FieldViolations.Add(violation);
        else
            _found.LeftOut++;
    }

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
        if (_found.BadRequest.FieldViolations.Count == 0)
            return;

        if (_found.LeftOut > 0)
            _found.BadRequest.FieldViolations[^1].Description += string.Create(CultureInfo.InvariantCulture, $"; and {_found.LeftOut} more are wrong");
        var first = _found.BadRequest.FieldViolations[0];
        throw new Google.Rpc.Status
        {
            Code = (int)Code.InvalidArgument,
            Message = $"{first.Field}: {first.Description}",
            Details = { Google.Protobuf.WellKnownTypes.Any.Pack(_found.BadRequest) },
        }.ToRpcException();
    }

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        // Not between the halves of a character.
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] + "…";
    }

    private sealed class Found
    {
        public BadRequest BadRequest { get; } = new();

        public int LeftOut { get; set; }
    }
}
