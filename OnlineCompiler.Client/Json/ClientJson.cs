using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnlineCompiler.Client;

/// <summary>Reads and writes the API's JSON without reflection. Members that a newer service adds are ignored.</summary>
[JsonSerializable(typeof(LanguageList))]
[JsonSerializable(typeof(ExecutionRequest))]
[JsonSerializable(typeof(ExecutionResult))]
[JsonSerializable(typeof(Submission))]
[JsonSerializable(typeof(SubmissionBody))]
[JsonSerializable(typeof(CallbackMessage))]
[JsonSerializable(typeof(AcceptedEvent))]
[JsonSerializable(typeof(StageStartedEvent))]
[JsonSerializable(typeof(OutputEvent))]
[JsonSerializable(typeof(StageFinishedEvent))]
[JsonSerializable(typeof(Artifact))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(StartFrame))]
[JsonSerializable(typeof(StdinFrame))]
[JsonSerializable(typeof(EndOfInputFrame))]
[JsonSerializable(typeof(SignalFrame))]
[JsonSerializable(typeof(ResizeFrame))]
internal sealed partial class ClientJson : JsonSerializerContext
{
    /// <summary>Writes text as it is, in any alphabet: bodies are JSON, never part of a page.</summary>
    public static ClientJson Api { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // An answer without what it must have is not OnlineCompiler's.
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

/// <summary>Enumerations by name, in camelCase.</summary>
internal sealed class CamelCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
