using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OnlineCompiler.SessionService.Sessions;

namespace OnlineCompiler.SessionService.Storage;

/// <summary>The part of a program that lists do not show, stored as one JSON document.</summary>
internal sealed record ProgramBody(IReadOnlyList<SavedFile> Files, string Stdin, IReadOnlyList<string> Arguments)
{
    // Nothing of this is ever put into HTML: escaping would only make it larger.
    private static readonly ProgramBodyJson Json = new(
        new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static byte[] Serialize(SavedProgram program) =>
        JsonSerializer.SerializeToUtf8Bytes(new ProgramBody(program.Files, program.Stdin, program.Arguments), Json.ProgramBody);

    public static ProgramBody Deserialize(ReadOnlyMemory<byte> json) => JsonSerializer.Deserialize(json.Span, Json.ProgramBody)!;
}

[JsonSerializable(typeof(ProgramBody))]
internal sealed partial class ProgramBodyJson : JsonSerializerContext;
