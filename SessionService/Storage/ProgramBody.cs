using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OnlineCompiler.SessionService.Sessions;

namespace OnlineCompiler.SessionService.Storage;

/// <summary>The part of a program that lists do not show, stored as one JSON document.</summary>
internal sealed record ProgramBody(
    IReadOnlyList<SavedFile> Files, string Stdin, IReadOnlyList<string> Arguments,
    IReadOnlyList<string>? CompilerArguments = null, string? LanguageVersion = null)
{
    // Nothing of this is ever put into HTML: escaping would only make it larger.
    private static readonly ProgramBodyJson Json = new(
        new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        });

    public static byte[] Serialize(SavedProgram program) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new ProgramBody(program.Files, program.Stdin, program.Arguments, program.CompilerArguments, program.LanguageVersion), Json.ProgramBody);

    public static ProgramBody Deserialize(ReadOnlyMemory<byte> json) => JsonSerializer.Deserialize(json.Span, Json.ProgramBody)!;

    /// <summary>The whole program, with what is kept beside this.</summary>
    public SavedProgram ToProgram(string title, string language, string entryPoint) =>
        new(title, language, entryPoint, Files, Stdin, Arguments, CompilerArguments, LanguageVersion);
}

[JsonSerializable(typeof(ProgramBody))]
internal sealed partial class ProgramBodyJson : JsonSerializerContext;
