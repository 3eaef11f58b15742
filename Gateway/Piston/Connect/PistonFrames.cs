using System.Text.Json;
using System.Text.Json.Serialization;
using OnlineCompiler.Gateway.Json;

namespace OnlineCompiler.Gateway.Piston.Connect;

/// <summary>What the server sends, one JSON object in each message.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(RuntimeFrame), "runtime")]
[JsonDerivedType(typeof(StageFrame), "stage")]
[JsonDerivedType(typeof(DataFrame), "data")]
[JsonDerivedType(typeof(ExitFrame), "exit")]
[JsonDerivedType(typeof(ErrorFrame), "error")]
internal abstract record PistonFrame
{
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ApiJson.Options);
}

internal sealed record RuntimeFrame(string Language, string Version) : PistonFrame;

internal sealed record StageFrame(string Stage) : PistonFrame;

internal sealed record DataFrame(string Stream, string Data) : PistonFrame;

/// <param name="Stage">Which ended.</param>
/// <param name="Code">Exit code; null when it was killed.</param>
/// <param name="Signal">Name of the signal that ended it, or null.</param>
/// <param name="Status">Beyond Piston: as in the answer to <c>execute</c>.</param>
/// <param name="Message">Beyond Piston: why it did not end well.</param>
internal sealed record ExitFrame(
    string Stage,
    int? Code,
    string? Signal,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message) : PistonFrame;

internal sealed record ErrorFrame(string Message) : PistonFrame;
