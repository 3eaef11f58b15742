using System.Text.Json;

namespace OnlineCompiler.Gateway.Piston.Jobs;

/// <summary>
/// What Piston's public gateway forgave, under <c>/api/v2/piston</c>: a file that is only its text, arguments that are no
/// array, limits above the maximum.
/// </summary>
internal static class PublicGateway
{
    private static readonly string[] TimeFields = ["compile_timeout", "run_timeout"];
    private static readonly string[] MemoryFields = ["compile_memory_limit", "run_memory_limit"];
    private static readonly string[] DroppedFields = ["compile_cpu_time", "run_cpu_time"];

    public static PistonBody Forgive(PistonBody body, PistonOptions options)
    {
        var changes = new Dictionary<string, JsonElement>();
        if (body["files"] is { ValueKind: JsonValueKind.String } text)
            changes["files"] = JsonSerializer.SerializeToElement(new[] { new { content = PistonBody.TextOf(text) } });
        if (body["args"].ValueKind is not JsonValueKind.Array)
            changes["args"] = default;
        foreach (var field in DroppedFields)
            changes[field] = default;
        foreach (var field in TimeFields.Where(field => Exceeds(body[field], options.MaxStageMs)))
            changes[field] = JsonSerializer.SerializeToElement(options.MaxStageMs);
        foreach (var field in MemoryFields.Where(field => Exceeds(body[field], options.MaxMemoryBytes)))
            changes[field] = JsonSerializer.SerializeToElement(options.MaxMemoryBytes);
        return body.With(changes);
    }

    private static bool Exceeds(JsonElement value, long maximum) => value.ValueKind is JsonValueKind.Number && value.GetDouble() > maximum;
}
