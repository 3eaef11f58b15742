using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OnlineCompiler.Client;

/// <summary>Makes events of their names and their JSON, which are the same in server-sent events and in frames.</summary>
internal static class ExecutionEvents
{
    private const string Type = "type";

    /// <returns>Null for an event of a newer service that this client does not know.</returns>
    /// <exception cref="OnlineCompilerException">The event is <c>error</c> of a stream.</exception>
    /// <exception cref="InvalidDataException">Not the JSON of such an event.</exception>
    public static ExecutionEvent? Read(string name, ReadOnlySpan<byte> json) => name switch
    {
        "accepted" => Parse(json, ClientJson.Api.AcceptedEvent),
        "stage" => Parse(json, ClientJson.Api.StageStartedEvent),
        "output" => Parse(json, ClientJson.Api.OutputEvent),
        "stageResult" => Parse(json, ClientJson.Api.StageFinishedEvent),
        "artifact" => new ArtifactEvent(Parse(json, ClientJson.Api.Artifact)),
        "result" => new ResultEvent(Parse(json, ClientJson.Api.ExecutionResult)),
        "error" => throw new OnlineCompilerException(Parse(json, ClientJson.Api.ProblemBody).ToProblem()),
        _ => null,
    };

    /// <summary>The same, of a frame, whose name is a member and whose <c>error</c> holds a problem.</summary>
    public static ExecutionEvent? ReadFrame(ReadOnlySpan<byte> json)
    {
        var name = NameOf(json);
        return name is "error"
            ? throw new OnlineCompilerException(Parse(json, ClientJson.Api.ErrorBody).Problem.ToProblem())
            : Read(name, json);
    }

    public static T Parse<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw NotOurs();
        }
        catch (JsonException exception)
        {
            throw NotOurs(exception);
        }
    }

    public static InvalidDataException NotOurs(Exception? cause = null) => new("The answer is not one of OnlineCompiler's.", cause);

    private static string NameOf(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName && reader.ValueTextEquals(Type) && reader.Read())
                    return reader.GetString() ?? throw NotOurs();
                if (reader.CurrentDepth > 0)
                    reader.Skip();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw NotOurs(exception);
        }

        throw NotOurs();
    }
}
